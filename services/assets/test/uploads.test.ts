import { randomBytes, randomUUID } from 'node:crypto'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AssetsFixture, CONFIRM, CREATE, DELETE, FIND, inputFor, put, startAssets } from './assets-fixture.ts'
import { aPicture, sha256Of } from './pictures.ts'

let fixture: AssetsFixture
beforeAll(async () => {
  fixture = await startAssets()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const confirm = (id: string) => fixture.send(CONFIRM, { input: { id } }, fixture.member)

const statusOf = async (id: string): Promise<unknown> => {
  const answer = await fixture.send<{ asset: { status: string } | null }>(FIND, { id }, fixture.member)
  return dataOf(answer).asset?.status
}

describe('a picture', () => {
  it.each(['image/png', 'image/jpeg', 'image/webp'] as const)('of type %s goes all the way', async (contentType) => {
    const picture = aPicture(contentType, 70_000)
    const asset = await fixture.add(picture, { fileName: ' Lamp, side.png ' })
    expect(asset).toMatchObject({ status: 'READY', fileName: 'Lamp, side.png', contentType, sizeBytes: 70_000 })
    expect(asset.createdBy.id).toBe(fixture.member.userId)
    const read = await fetch(asset.url)
    expect([read.status, read.headers.get('content-type')]).toEqual([200, contentType])
    expect(read.headers.get('x-content-type-options')).toBe('nosniff')
    expect(Buffer.from(await read.arrayBuffer()).equals(picture.bytes)).toBe(true)
  })

  it('may have 10 MiB', async () => {
    expect(await fixture.add(aPicture('image/jpeg', 10 * 2 ** 20))).toMatchObject({ status: 'READY' })
  })

  it('can be read by nobody before it is confirmed', async () => {
    const picture = aPicture()
    const { asset, upload } = await fixture.begin(picture)
    expect(asset).toMatchObject({ status: 'PENDING', url: null })
    expect((await put(upload, picture.bytes)).status).toBe(200)
    expect((await fetch(new URL(upload.url).origin + new URL(upload.url).pathname)).status).toBe(403)
  })
})

describe('the storage refuses', () => {
  const sent = aPicture()
  const other = aPicture()
  const { bytes } = sent
  const refusals: [
    string,
    (upload: { url: string; headers: { name: string; value: string }[] }) => Promise<Response>,
  ][] = [
    ['more bytes than signed', (upload) => put(upload, Buffer.concat([bytes, Buffer.alloc(1)]))],
    ['fewer bytes than signed', (upload) => put(upload, bytes.subarray(0, -1))],
    ['another type', (upload) => put(upload, bytes, { 'content-type': 'text/html' })],
    ['no type', (upload) => put(upload, bytes, { 'content-type': '' })],
    ['other bytes of the same length', (upload) => put(upload, other.bytes)],
    [
      'other bytes with their own checksum',
      (upload) => put(upload, other.bytes, { 'x-amz-checksum-sha256': sha256Of(other.bytes) }),
    ],
    ['no checksum', (upload) => put(upload, bytes, { 'x-amz-checksum-sha256': undefined })],
    ['another key', (upload) => put({ ...upload, url: upload.url.replace(/assets\/[0-9a-f]/, 'assets/z') }, bytes)],
    ['another method', ({ url }) => fetch(url, { method: 'DELETE' })],
    [
      'a signature that was changed',
      (upload) => put({ ...upload, url: upload.url.replace(/Expires=300/, 'Expires=301') }, bytes),
    ],
  ]

  it.each(refusals)('%s, and keeps nothing', async (_what, send) => {
    const { asset, upload } = await fixture.begin(sent)
    const { status } = await send(upload as never)
    expect([400, 403]).toContain(status)
    const { errors } = await confirm(asset.id)
    expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'ASSET_NOT_UPLOADED' })
  })

  it('an upload after five minutes', async () => {
    await using late = await startAssets({ clock: { now: () => Date.now() - 301_000 } })
    const { asset, upload } = await late.begin(sent)
    expect((await put(upload, bytes)).status).toBe(403)
    expect(await late.storage.find(asset.id as never)).toBeUndefined()
  })

  it('an address to read from after twenty minutes', async () => {
    let now = Date.now()
    await using moved = await startAssets({ clock: { now: () => now } })
    const { id } = await moved.add()
    now -= 21 * 60_000
    const answer = await moved.send<{ asset: { url: string } }>(FIND, { id }, moved.member)
    expect((await fetch(dataOf(answer).asset.url)).status).toBe(403)
  })
})

describe('confirmAssetUpload', () => {
  it.each([
    ['a GIF', 'image/gif'],
    ['a PDF', 'application/pdf'],
    ['a page of HTML', 'text/html'],
    ['a JPEG', 'image/jpeg'],
  ] as const)('refuses %s under the name and the type of a PNG, for good', async (_what, trueType) => {
    const disguised = { bytes: aPicture(trueType).bytes, contentType: 'image/png' }
    const { asset, upload } = await fixture.begin(disguised)
    expect((await put(upload, disguised.bytes)).status).toBe(200)
    for (const _attempt of [1, 2]) {
      const { data, errors } = await confirm(asset.id)
      expect([data, errors[0]?.extensions]).toMatchObject([null, { code: 'BAD_USER_INPUT', reason: 'ASSET_REJECTED' }])
      expect(errors[0]?.message).toContain('not image/png')
    }
    expect(await statusOf(asset.id)).toBe('FAILED')
  })

  it('does not trust the storage: bytes that came another way are refused', async () => {
    const { asset } = await fixture.begin(aPicture())
    const stored = { sizeBytes: 600, sha256: randomBytes(32), trueType: 'image/png' }
    const find = fixture.storage.find
    Object.assign(fixture.storage, { find: async () => stored })
    const { errors } = await confirm(asset.id)
    Object.assign(fixture.storage, { find })
    expect(errors[0]?.message).toContain('its SHA-256 is another one')
  })

  it('waits for the bytes: before them a conflict, after them the asset', async () => {
    const picture = aPicture()
    const { asset, upload } = await fixture.begin(picture)
    expect((await confirm(asset.id)).errors[0]?.extensions).toMatchObject({ reason: 'ASSET_NOT_UPLOADED' })
    await put(upload, picture.bytes)
    dataOf(await confirm(asset.id))
    expect(await statusOf(asset.id)).toBe('READY')
  })

  it('gives the same answer to ten at once and to one later, and tells of it once', async () => {
    const picture = aPicture()
    const { asset, upload } = await fixture.begin(picture)
    await put(upload, picture.bytes)
    const answers = await Promise.all(Array.from({ length: 10 }, () => confirm(asset.id)))
    for (const answer of [...answers, await confirm(asset.id)]) dataOf(answer)
    const told = await fixture.database.selectFrom('outbox').select('value').where('key', '=', asset.id).execute()
    expect(told).toMatchObject([{ value: { type: 'neotool.assets.asset-ready.v1', data: { assetId: asset.id } } }])
  })

  it('says NOT_FOUND of what is not there', async () => {
    expect((await confirm(randomUUID())).errors[0]?.extensions).toMatchObject({ reason: 'ASSET_NOT_FOUND' })
  })

  it('leaves an upload pending while the storage does not answer', async () => {
    await using lonely = await startAssets({ s3: { endpoint: 'http://127.0.0.1:9' } })
    const { asset } = await lonely.begin()
    const { errors } = await lonely.send(CONFIRM, { input: { id: asset.id } }, lonely.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', reason: 'STORAGE_UNAVAILABLE' })
    expect(dataOf(await lonely.send(FIND, { id: asset.id }, lonely.member))).toMatchObject({
      asset: { status: 'PENDING' },
    })
  })
})

describe('createAssetUpload', () => {
  it.each([
    ['11 MiB', { sizeBytes: 11 * 2 ** 20 }, 'sizeBytes'],
    ['no bytes', { sizeBytes: 0 }, 'sizeBytes'],
    ['an SVG', { contentType: 'image/svg+xml' }, 'contentType'],
    ['a checksum in hexadecimal', { sha256: randomBytes(32).toString('hex') }, 'sha256'],
    ['a SHA-1', { sha256: randomBytes(20).toString('base64') }, 'sha256'],
    ['a name with a line break', { fileName: 'a\nb.png' }, 'fileName'],
    ['a product that is no id', { productId: '1' }, 'productId'],
  ])('refuses %s', async (_what, change, path) => {
    const { errors } = await fixture.send(CREATE, { input: inputFor(aPicture(), change) }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INPUT_INVALID' })
    expect(errors[0]?.extensions.fields?.map((fault) => fault.path)).toEqual([path])
  })

  it('signs for the address that browsers know, and asks the storage at its own', async () => {
    await using inside = await startAssets({ s3: { publicEndpoint: 'https://files.neotool.example' } })
    const { upload } = await inside.begin()
    expect(upload.url).toMatch(/^https:\/\/files\.neotool\.example\/test-/)
    await inside.storage.check()
  })
})

describe('asset', () => {
  it('gives the same address for ten minutes, so that browsers need not fetch again', async () => {
    let now = Date.UTC(2027, 0, 1, 12, 0, 1)
    await using moved = await startAssets({ clock: { now: () => now } })
    const asset = { id: randomUUID(), status: 'READY' } as never
    const first = await moved.storage.signRead(asset)
    now += 9 * 60_000
    expect(await moved.storage.signRead(asset)).toBe(first)
    now += 60_000
    expect(await moved.storage.signRead(asset)).not.toBe(first)
  })

  it('is null once it was deleted, and deleting it again says NOT_FOUND', async () => {
    const { id } = await fixture.add()
    dataOf(await fixture.send(DELETE, { input: { id } }, fixture.member))
    expect(dataOf(await fixture.send(FIND, { id }, fixture.member))).toEqual({ asset: null })
    const { errors } = await fixture.send(DELETE, { input: { id } }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'ASSET_NOT_FOUND' })
  })
})
