import type { Actor } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { UpdateProductInput } from '../generated/graphql.ts'
import { type Product, productChange, productId, productNotFound, requireVersion } from '../product.ts'
import type { ProductStore } from '../product-store.ts'

type Deps = { database: Database<Tables>; products: ProductStore; authorizer: Authorizer }

const target = z.object({ id: productId, version: z.int() })

/** Changes the given fields of a product; throws CONFLICT with the present state where `version` is not the present one. */
export const updateProduct =
  ({ database, products, authorizer }: Deps) =>
  async (actor: Actor, input: UpdateProductInput): Promise<Product> => {
    const { id, version } = parseInput(target, input)
    authorizer.authorize(actor, 'app:product:save', { type: 'Product', id })
    const change = parseInput(productChange, input)
    return inTransaction(database, async (tx) => {
      const product = await products.lock(tx, id)
      if (product === undefined) throw productNotFound(id)
      return products.save(tx, { ...requireVersion(product, version), ...change })
    })
  }
