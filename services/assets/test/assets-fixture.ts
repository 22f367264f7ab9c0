import { randomUUID } from 'node:crypto'
import { readPolicies } from '@neotool/contracts/policies'
import { createAudit } from '@neotool/kit/audit'
import { createAuthorizer } from '@neotool/kit/authz'
import { type Database, openDatabase } from '@neotool/kit/postgres'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { createTestBucket } from '@neotool/testkit/bucket'
import { createTestDatabase, type TestDatabase } from '@neotool/testkit/database'
import { dataOf, graphqlClient, type SendGraphql } from '@neotool/testkit/graphql-client'
import { createTestIssuer, type TestActor, type TestIssuer } from '@neotool/testkit/issuer'
import type { FastifyInstance } from 'fastify'
import { vi } from 'vitest'
import { buildApp } from '../src/app.ts'
import { assetStore } from '../src/asset-store.ts'
import type { Tables } from '../src/database.ts'
import { type ObjectStorage, type S3Settings, s3Storage } from '../src/object-storage.ts'
import { createUseCases } from '../src/use-cases.ts'
import { aPicture, type Picture, sha256Of } from './pictures.ts'

export const CREATE = `mutation ($input: CreateAssetUploadInput!) {
  createAssetUpload(input: $input) { asset { id status url } upload { url headers { name value } expiresAt } }
}`
export const CONFIRM = `mutation ($input: ConfirmAssetUploadInput!) {
  confirmAssetUpload(input: $input) { asset { id status url fileName contentType sizeBytes createdBy { id } } }
}`
export const DELETE = 'mutation ($input: DeleteAssetInput!) { deleteAsset(input: $input) { deletedAssetId } }'
export const FIND = 'query ($id: ID!) { asset(id: $id) { id status url product { id } createdBy { id } } }'

export const MEMBER = ['app:product:view', 'app:product:save', 'assets:asset:view']

export type Upload = { readonly url: string; readonly headers: readonly { name: string; value: string }[] }
export type Begun = { readonly asset: { id: string; status: string; url: string | null }; readonly upload: Upload }
type Confirmed = { id: string; status: string; url: string; fileName: string; createdBy: { id: string } }

export type AssetsFixture = AsyncDisposable & {
  readonly app: FastifyInstance
  readonly database: Database<Tables>
  readonly testDatabase: TestDatabase
  readonly storage: ObjectStorage
  readonly issuer: TestIssuer
  readonly send: SendGraphql
  /** A signed-in user with all permissions that Members have. */
  readonly member: TestActor
  /** The store, which counts how often it is asked. */
  readonly assets: typeof assetStore
  begin(picture?: Picture, input?: Readonly<Record<string, unknown>>): Promise<Begun>
  /** A picture all the way: begun, sent, confirmed. */
  add(picture?: Picture, input?: Readonly<Record<string, unknown>>): Promise<Confirmed>
}

type Change = { readonly s3?: Partial<S3Settings>; readonly clock?: { now(): number } }

/** The assets service over a database and a bucket of its own, put together as main.ts does, and a member. */
export const startAssets = async ({ s3, clock }: Change = {}): Promise<AssetsFixture> => {
  const [testDatabase, bucket, issuer] = await Promise.all([
    createTestDatabase('assets'),
    createTestBucket(),
    createTestIssuer(),
  ])
  const log = createLogger({ service: 'assets', level: 'silent' })
  const metrics = createMetrics('assets')
  const database = openDatabase<Tables>({ url: testDatabase.url, service: 'assets', log, metrics })
  const storage = s3Storage({ ...bucket, publicEndpoint: bucket.endpoint, ...s3 }, clock)
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const assets = { ...assetStore, loadReady: vi.fn(assetStore.loadReady) }
  const audit = createAudit('assets')
  const useCases = createUseCases({ database, assets, storage, authorizer, audit })
  const { app } = await buildApp({
    log,
    metrics,
    database,
    assets,
    storage,
    useCases,
    audit,
    authenticate: issuer.authenticate,
    isIntrospectionOn: false,
    health: { checks: {} },
  })
  const send = graphqlClient(app)
  const member = await issuer.actorWith(...MEMBER)

  const begin: AssetsFixture['begin'] = async (picture = aPicture(), input = {}) => {
    const answer = await send<{ createAssetUpload: Begun }>(CREATE, { input: inputFor(picture, input) }, member)
    return dataOf(answer).createAssetUpload
  }
  const add: AssetsFixture['add'] = async (picture = aPicture(), input = {}) => {
    const { asset, upload } = await begin(picture, input)
    const sent = await put(upload, picture.bytes)
    if (!sent.ok) throw new Error(`the storage refused the upload: ${sent.status} ${await sent.text()}`)
    const confirmed = await send<{ confirmAssetUpload: { asset: Confirmed } }>(
      CONFIRM,
      { input: { id: asset.id } },
      member,
    )
    return dataOf(confirmed).confirmAssetUpload.asset
  }
  return {
    app,
    database,
    testDatabase,
    storage,
    issuer,
    send,
    member,
    assets,
    begin,
    add,
    [Symbol.asyncDispose]: async () => {
      await app.close()
      storage.close()
      await database.destroy()
      await testDatabase[Symbol.asyncDispose]()
    },
  }
}

/** What a client says of a picture before it sends it. */
export const inputFor = ({ bytes, contentType }: Picture, change: Readonly<Record<string, unknown>> = {}) => ({
  productId: randomUUID(),
  fileName: 'lamp.png',
  contentType,
  sizeBytes: bytes.length,
  sha256: sha256Of(bytes),
  ...change,
})

/** Sends bytes as a browser does; `change` replaces headers, and leaves out those that it gives no value. */
export const put = (
  { url, headers }: Upload,
  body: Buffer<ArrayBuffer>,
  change: Readonly<Record<string, string | undefined>> = {},
): Promise<Response> => {
  const all = { ...Object.fromEntries(headers.map(({ name, value }) => [name, value])), ...change }
  const given = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
  return fetch(url, { method: 'PUT', body, headers: Object.fromEntries(given) })
}
