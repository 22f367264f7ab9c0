import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { newAsset, type PendingAsset, toResource } from '../asset.ts'
import type { AssetStore } from '../asset-store.ts'
import type { Tables } from '../database.ts'
import type { CreateAssetUploadInput } from '../generated/graphql.ts'
import type { ObjectStorage, SignedUpload } from '../object-storage.ts'

type Deps = {
  database: Database<Tables>
  assets: AssetStore
  storage: ObjectStorage
  authorizer: Authorizer
  audit: Audit
}

/** Begins an upload in the actor's name. A picture is part of its product, so adding one needs the right to change it. */
export const createAssetUpload =
  ({ database, assets, storage, authorizer, audit }: Deps) =>
  async (
    { actor, trace }: Caller,
    input: CreateAssetUploadInput,
  ): Promise<{ asset: PendingAsset; upload: SignedUpload }> => {
    const { principal } = authorizer.authorize(actor, 'app:product:save', { type: 'Product' })
    const decision = authorizer.authorize(principal, 'assets:asset:save', toResource({ createdById: principal.id }))
    const given = parseInput(newAsset, input)
    const asset = await inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      return assets.insert(tx, given, principal.id)
    })
    return { asset, upload: await storage.signUpload(asset) }
  }
