import { assetFailedV1, assetReadyV1 } from '@neotool/contracts/events/assets-asset'
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import {
  type Asset,
  assetId,
  assetNotFound,
  assetRejected,
  type FailedAsset,
  notUploaded,
  type ReadyAsset,
  settle,
  toEventData,
  toResource,
} from '../asset.ts'
import type { AssetStore } from '../asset-store.ts'
import type { Tables } from '../database.ts'
import type { ConfirmAssetUploadInput } from '../generated/graphql.ts'
import type { ObjectStorage } from '../object-storage.ts'

type Deps = {
  database: Database<Tables>
  assets: AssetStore
  storage: ObjectStorage
  authorizer: Authorizer
  audit: Audit
}

const target = z.object({ id: assetId })

/**
 * Looks at the bytes and decides whether the asset is ready; the same answer ever after. Refused bytes are an error for
 * the caller, but the decision is kept: they go when its event is consumed.
 */
export const confirmAssetUpload =
  ({ database, assets, storage, authorizer, audit }: Deps) =>
  async ({ actor, trace }: Caller, input: ConfirmAssetUploadInput): Promise<ReadyAsset> => {
    const { id } = parseInput(target, input)
    const { principal } = authorizer.authorize(actor, 'assets:asset:view', { type: 'Asset', id })
    const [asset] = await assets.loadMany(database, [id])
    if (asset === undefined) throw assetNotFound(id)
    const decision = authorizer.authorize(principal, 'assets:asset:save', toResource(asset))
    if (asset.status !== 'PENDING') return requireReady(asset)

    const stored = await storage.find(id)
    if (stored === undefined) throw notUploaded()
    const settled = await inTransaction(database, async (tx): Promise<ReadyAsset | FailedAsset> => {
      const current: Asset | undefined = await assets.lock(tx, id)
      if (current === undefined) throw assetNotFound(id)
      // Another call was faster, and it saw the same bytes.
      if (current.status !== 'PENDING') return current
      const decided = settle(current, stored, new Date())
      await assets.saveSettled(tx, decided)
      await audit.recordDecision(tx, decision, trace)
      const data = toEventData(decided, principal.id)
      if (decided.status === 'FAILED') await addEvent(tx, assetFailedV1, { subject: id, data, trace })
      else {
        const { contentType, sizeBytes } = decided
        await addEvent(tx, assetReadyV1, { subject: id, data: { ...data, contentType, sizeBytes }, trace })
      }
      return decided
    })
    return requireReady(settled)
  }

const requireReady = (asset: ReadyAsset | FailedAsset): ReadyAsset => {
  if (asset.status === 'FAILED') throw assetRejected(asset)
  return asset
}
