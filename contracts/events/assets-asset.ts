import { z } from 'zod'
import { type DataOf, defineEvent } from './event.ts'

const asset = {
  assetId: z.uuid(),
  productId: z.uuid(),
  /** The user who did it: an id, never a name or an e-mail. */
  actorId: z.uuid(),
} as const

/** An upload was checked: the bytes are there and are what they were said to be. */
export const assetReadyV1 = defineEvent(
  'neotool.assets.asset-ready.v1',
  'asset',
  z.object({ ...asset, contentType: z.string(), sizeBytes: z.int().positive() }),
)

/** An upload was refused; what was uploaded is to go. */
export const assetFailedV1 = defineEvent('neotool.assets.asset-failed.v1', 'asset', z.object(asset))

/** An asset was removed, by somebody or with its product; its bytes are to go. */
export const assetDeletedV1 = defineEvent('neotool.assets.asset-deleted.v1', 'asset', z.object(asset))

export type AssetReady = DataOf<typeof assetReadyV1>
export type AssetFailed = DataOf<typeof assetFailedV1>
export type AssetDeleted = DataOf<typeof assetDeletedV1>
