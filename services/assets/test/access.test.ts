import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AssetsFixture,
  CONFIRM,
  CREATE,
  DELETE,
  FIND,
  inputFor,
  MEMBER,
  put,
  startAssets,
} from './assets-fixture.ts'
import { aPicture } from './pictures.ts'

let fixture: AssetsFixture
beforeAll(async () => {
  fixture = await startAssets()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const id = '0199b000-0000-7000-8000-000000000000'
const IMAGES = `{ _entities(representations: [{ __typename: "Product", id: "${id}" }]) { ... on Product { images { id } } } }`
const ASSETS = `{ _entities(representations: [{ __typename: "Asset", id: "${id}" }]) { ... on Asset { fileName } } }`

const operations: [string, string, Readonly<Record<string, unknown>>][] = [
  ['createAssetUpload', CREATE, { input: inputFor(aPicture()) }],
  ['confirmAssetUpload', CONFIRM, { input: { id } }],
  ['deleteAsset', DELETE, { input: { id } }],
  ['asset', FIND, { id }],
  ['Product.images', IMAGES, {}],
  ['an Asset by reference', ASSETS, {}],
]

describe('who may do what', () => {
  it.each(operations)('%s asks nobody in', async (_name, query, variables) => {
    const { errors } = await fixture.send(query, variables)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED'])
  })

  it.each(operations)('%s needs assets:asset:view', async (_name, query, variables) => {
    const actor = await fixture.issuer.actorWith('app:product:view', 'app:product:save', 'security:user:view')
    const { errors } = await fixture.send(query, variables, actor)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })

  it('a picture may be added by who may change the product, and by nobody else', async () => {
    const actor = await fixture.issuer.actorWith('app:product:view', 'assets:asset:view', 'assets:asset:save')
    const { errors } = await fixture.send(CREATE, { input: inputFor(aPicture()) }, actor)
    expect(errors[0]).toMatchObject({ message: expect.stringContaining('app:product:save') })
  })
})

describe('the assets of somebody else', () => {
  const begun = async (): Promise<string> => {
    const picture = aPicture()
    const { asset, upload } = await fixture.begin(picture)
    await put(upload, picture.bytes)
    return asset.id
  }

  it.each([
    ['confirmed', CONFIRM],
    ['deleted', DELETE],
  ])('are not %s by another member, and stay as they are', async (_what, mutation) => {
    const pending = await begun()
    const other = await fixture.issuer.actorWith(...MEMBER)
    const { errors } = await fixture.send(mutation, { input: { id: pending } }, other)
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'PERMISSION_MISSING' })
    const found = await fixture.send(FIND, { id: pending }, other)
    expect(dataOf(found)).toMatchObject({ asset: { status: 'PENDING', createdBy: { id: fixture.member.userId } } })
  })

  it.each([
    ['confirmed', CONFIRM, 'assets:asset:save', 'assets:asset:delete'],
    ['deleted', DELETE, 'assets:asset:delete', 'assets:asset:save'],
  ])('are %s with the one permission that it needs', async (_what, mutation, needed, useless) => {
    const pending = await begun()
    const refused = await fixture.issuer.actorWith('assets:asset:view', useless)
    expect((await fixture.send(mutation, { input: { id: pending } }, refused)).errors).toHaveLength(1)
    const allowed = await fixture.issuer.actorWith('assets:asset:view', needed)
    dataOf(await fixture.send(mutation, { input: { id: pending } }, allowed))
  })
})
