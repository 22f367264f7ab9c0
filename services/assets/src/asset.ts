import { AppError, conflict, notFound } from '@neotool/kit/errors'
import { id, singleLine } from '@neotool/kit/input'
import { z } from 'zod'

export const assetId = id.brand<'AssetId'>()
export type AssetId = z.output<typeof assetId>

/** The id of a product, which the app service owns: whether there is one is not ours to know. */
export const productId = id.brand<'ProductId'>()
export type ProductId = z.output<typeof productId>

/** Pictures that every browser shows and that hold no script, as an SVG may. */
export const CONTENT_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const
export type ContentType = (typeof CONTENT_TYPES)[number]

export const LARGEST_BYTES = 10 * 2 ** 20
const SHA256_BYTES = 32

export const newAsset = z.object({
  productId,
  fileName: singleLine(200),
  contentType: z.enum(CONTENT_TYPES, { error: `must be one of ${CONTENT_TYPES.join(', ')}` }),
  sizeBytes: z.int().min(1, 'must be at least 1').max(LARGEST_BYTES, `must be at most ${LARGEST_BYTES} (10 MiB)`),
  // Written in one way only, because the storage compares the text of the header.
  sha256: z
    .base64('must be base64')
    .refine((text) => Buffer.from(text, 'base64').length === SHA256_BYTES, 'must be the base64 of 32 bytes')
    .transform((text): Buffer => Buffer.from(text, 'base64')),
})
export type NewAsset = z.output<typeof newAsset>

type Described = NewAsset & { readonly id: AssetId; readonly createdById: string; readonly createdAt: Date }

export type PendingAsset = Described & { readonly status: 'PENDING' }
export type ReadyAsset = Described & { readonly status: 'READY'; readonly readyAt: Date }
export type FailedAsset = Described & { readonly status: 'FAILED'; readonly failure: string }

export type Asset = PendingAsset | ReadyAsset | FailedAsset

/** What becomes of an upload once its bytes have been looked at: they are what they were said to be, or they are refused. */
export const settle = (asset: PendingAsset, stored: StoredBytes, now: Date): ReadyAsset | FailedAsset => {
  const failure = findFault(asset, stored)
  return failure === undefined ? { ...asset, status: 'READY', readyAt: now } : { ...asset, status: 'FAILED', failure }
}

/** What the storage holds under an asset's id; the type is what the first bytes say, not what somebody said of them. */
export type StoredBytes = {
  readonly sizeBytes: number
  readonly sha256: Buffer | undefined
  readonly trueType: string | undefined
}

const findFault = (asset: NewAsset, { sizeBytes, sha256, trueType }: StoredBytes): string | undefined => {
  if (sizeBytes !== asset.sizeBytes) return `it has ${sizeBytes} bytes, not ${asset.sizeBytes}`
  if (!sha256?.equals(asset.sha256)) return 'its SHA-256 is another one'
  if (trueType !== asset.contentType) return `it is ${trueType ?? 'no picture'}, not ${asset.contentType}`
  return undefined
}

/** How policies see an asset. */
export const toResource = ({ id, createdById }: { id?: AssetId; createdById: string }) => ({
  type: 'Asset',
  ...(id !== undefined && { id }),
  attributes: { createdBy: { __entity: { type: 'User', id: createdById } } },
})

export const assetNotFound = (assetId: AssetId): AppError =>
  notFound('ASSET_NOT_FOUND', `There is no asset ${assetId}.`)

export const notUploaded = (): AppError =>
  conflict('ASSET_NOT_UPLOADED', 'Nothing has been uploaded yet. Send the bytes first.')

export const assetRejected = ({ failure }: FailedAsset): AppError =>
  new AppError({
    kind: 'invalid',
    reason: 'ASSET_REJECTED',
    message: `What was uploaded is refused: ${failure}. Begin another upload.`,
  })

/** What events tell of an asset and of who changed it. */
export const toEventData = ({ id, productId }: Asset, actorId: string) => ({ assetId: id, productId, actorId })
