import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import type { Product } from '../product.ts'
import { productId } from '../product.ts'
import type { ProductLoader } from '../product-loader.ts'

type Deps = { authorizer: Authorizer }

/** One product by its id, or null; calls of one request are read together. */
export const findProduct =
  ({ authorizer }: Deps) =>
  async ({ actor }: Caller, loader: ProductLoader, givenId: string): Promise<Product | null> => {
    const { id } = parseInput(z.object({ id: productId }), { id: givenId })
    authorizer.authorize(actor, 'app:product:view', { type: 'Product', id })
    return (await loader.load(id)) ?? null
  }
