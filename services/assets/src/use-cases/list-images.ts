import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { LARGEST_PAGE } from '@neotool/kit/connection'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type Asset, productId } from '../asset.ts'
import type { ImagesLoader } from '../loaders.ts'

type Deps = { authorizer: Authorizer }

const DEFAULT_IMAGES = 10

const outOfRange = `must be 1 to ${LARGEST_PAGE}`
const target = z.object({ productId, first: z.int().min(1, outOfRange).max(LARGEST_PAGE, outOfRange) })

/** The pictures of a product that are ready, oldest first; those of all products of one request are read together. */
export const listImages =
  ({ authorizer }: Deps) =>
  async (
    { actor }: Caller,
    loader: ImagesLoader,
    given: { productId: string; first?: number | null | undefined },
  ): Promise<readonly Asset[]> => {
    const key = parseInput(target, { productId: given.productId, first: given.first ?? DEFAULT_IMAGES })
    authorizer.authorize(actor, 'assets:asset:view', { type: 'Asset' })
    return loader.load(key)
  }
