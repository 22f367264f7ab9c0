import { randomUUID } from 'node:crypto'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { Secret } from '@neotool/kit/config'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by global-setup.ts: a MinIO without buckets. */
    readonly objectStorage: {
      readonly endpoint: string
      readonly region: string
      readonly accessKeyId: string
      readonly secretAccessKey: string
    }
  }
}

export type TestBucket = {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: Secret
}

/** An empty bucket of one's own in a real MinIO; it goes with the run of the tests. */
export const createTestBucket = async (): Promise<TestBucket> => {
  const { secretAccessKey, ...storage } = inject('objectStorage')
  const bucket = `test-${randomUUID()}`
  const { endpoint, region, accessKeyId } = storage
  const credentials = { accessKeyId, secretAccessKey }
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  await client.send(new CreateBucketCommand({ Bucket: bucket }))
  client.destroy()
  return { ...storage, bucket, secretAccessKey: new Secret(secretAccessKey) }
}
