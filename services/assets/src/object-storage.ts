import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Secret } from '@neotool/kit/config'
import { unavailable } from '@neotool/kit/errors'
import { fileTypeFromBuffer } from 'file-type'
import { type AssetId, assetId, type PendingAsset, type ReadyAsset, type StoredBytes } from './asset.ts'

export type S3Settings = {
  readonly endpoint: string
  readonly publicEndpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: Secret
}

/** What a browser needs to send the bytes of an asset. */
export type SignedUpload = {
  readonly url: string
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  readonly expiresAt: Date
}

/** Where the bytes of assets are. What it does over the network throws SERVICE_UNAVAILABLE while the storage is down. */
export type ObjectStorage = {
  signUpload(asset: PendingAsset): Promise<SignedUpload>
  /** An address of the bytes that works for ten to twenty minutes and is the same for ten, so that browsers cache them. */
  signRead(asset: ReadyAsset): Promise<string>
  find(assetId: AssetId): Promise<StoredBytes | undefined>
  /** Also where there is nothing. */
  delete(assetId: AssetId): Promise<void>
  /** The ids under which bytes have been since before `before`, some hundreds at a time. */
  listStored(before: Date): AsyncIterable<readonly AssetId[]>
  /** Makes the bucket unless it is there; answers whether it did. */
  createBucket(): Promise<boolean>
  check(): Promise<void>
  close(): void
}

const UPLOAD_SECONDS = 5 * 60
const READ_WINDOW_SECONDS = 10 * 60

// As many as file-type looks at for the types that we know.
const HEAD_BYTES = 4_100

const PREFIX = 'assets/'

const CHECKSUM_HEADER = 'x-amz-checksum-sha256'

/**
 * The SDK moves headers into the query of a signed address, and there MinIO does not check the checksum: other bytes of
 * the same length would pass. As signed headers, each of them is enforced.
 */
const UPLOAD_HEADERS = {
  unhoistableHeaders: new Set([CHECKSUM_HEADER]),
  signableHeaders: new Set(['host', 'content-type', 'content-length', CHECKSUM_HEADER]),
}

/** Object storage over the S3 API: MinIO, R2 and others. `clock` says what time addresses are signed at. */
export const s3Storage = (settings: S3Settings, clock: { now(): number } = Date): ObjectStorage => {
  const { bucket: Bucket } = settings
  const internal = createClient(settings, settings.endpoint)
  // Only signs: it never connects.
  const outward = createClient(settings, settings.publicEndpoint)
  const objectOf = (id: AssetId) => ({ Bucket, Key: `${PREFIX}${id}` })

  return {
    async signUpload({ id, contentType, sizeBytes, sha256 }) {
      const checksum = sha256.toString('base64')
      const object = {
        ...objectOf(id),
        ContentType: contentType,
        ContentLength: sizeBytes,
        ChecksumSHA256: checksum,
      }
      const signingDate = new Date(clock.now())
      const url = await getSignedUrl(outward, new PutObjectCommand(object), {
        ...UPLOAD_HEADERS,
        expiresIn: UPLOAD_SECONDS,
        signingDate,
      })
      return {
        url,
        // Browsers set content-length by themselves and let nobody else do it.
        headers: [
          { name: 'content-type', value: contentType },
          { name: CHECKSUM_HEADER, value: checksum },
        ],
        expiresAt: new Date(signingDate.getTime() + UPLOAD_SECONDS * 1_000),
      }
    },

    signRead({ id }) {
      const windowMs = READ_WINDOW_SECONDS * 1_000
      const expiresIn = 2 * READ_WINDOW_SECONDS
      // What is stored under an id never changes.
      const ResponseCacheControl = `private, max-age=${expiresIn}, immutable`
      return getSignedUrl(outward, new GetObjectCommand({ ...objectOf(id), ResponseCacheControl }), {
        expiresIn,
        signingDate: new Date(Math.floor(clock.now() / windowMs) * windowMs),
      })
    },

    find: (id) =>
      orUndefined(async () => {
        const head = await internal.send(new HeadObjectCommand({ ...objectOf(id), ChecksumMode: 'ENABLED' }))
        const Range = `bytes=0-${HEAD_BYTES - 1}`
        const { Body } = await internal.send(new GetObjectCommand({ ...objectOf(id), Range }))
        const bytes = await Body?.transformToByteArray()
        return {
          sizeBytes: head.ContentLength ?? 0,
          sha256: head.ChecksumSHA256 === undefined ? undefined : Buffer.from(head.ChecksumSHA256, 'base64'),
          trueType: bytes && (await fileTypeFromBuffer(bytes))?.mime,
        }
      }),

    async delete(id) {
      await orUndefined(() => internal.send(new DeleteObjectCommand(objectOf(id))))
    },

    async *listStored(before) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client: internal }, { Bucket, Prefix: PREFIX })) {
        const old = Contents.filter(({ LastModified }) => LastModified !== undefined && LastModified < before)
        const ids = old.flatMap(({ Key }) => assetId.safeParse(Key?.slice(PREFIX.length)).data ?? [])
        if (ids.length > 0) yield ids
      }
    },

    async createBucket() {
      if (await orUndefined(() => internal.send(new HeadBucketCommand({ Bucket })))) return false
      try {
        await internal.send(new CreateBucketCommand({ Bucket }))
        return true
      } catch (error) {
        // Another one made it in this moment.
        if (error instanceof S3ServiceException && error.name === 'BucketAlreadyOwnedByYou') return false
        throw error
      }
    },

    async check() {
      await internal.send(new HeadBucketCommand({ Bucket }))
    },

    close() {
      internal.destroy()
      outward.destroy()
    },
  }
}

const createClient = ({ region, accessKeyId, secretAccessKey }: S3Settings, endpoint: string): S3Client =>
  new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey: secretAccessKey.reveal() },
    // A bucket as part of the host name would need a name server that knows it.
    forcePathStyle: true,
    // Else signed addresses would carry what the SDK wants to do with the body, which it never sees.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  })

/** What S3 answers, undefined where it says that there is nothing; every other failure is told as unavailable. */
const orUndefined = async <Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await ask()
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined
    throw unavailable('STORAGE_UNAVAILABLE', 'The storage of files does not answer. Try again in a moment.', error)
  }
}
