import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type Asset, assetId } from '../asset.ts'
import type { AssetLoader } from '../loaders.ts'

type Deps = { authorizer: Authorizer }

const target = z.object({ id: assetId })

/** One asset by its id, or null; calls of one request are read together. */
export const findAsset =
  ({ authorizer }: Deps) =>
  async ({ actor }: Caller, loader: AssetLoader, givenId: string): Promise<Asset | null> => {
    const { id } = parseInput(target, { id: givenId })
    authorizer.authorize(actor, 'assets:asset:view', { type: 'Asset', id })
    return (await loader.load(id)) ?? null
  }
