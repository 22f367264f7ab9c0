import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sweepOrphans } from '../src/use-cases/sweep-orphans.ts'
import { type AssetsFixture, CONFIRM, DELETE, FIND, put, startAssets } from './assets-fixture.ts'
import { aPicture } from './pictures.ts'

let fixture: AssetsFixture
beforeAll(async () => {
  fixture = await startAssets()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000)

describe('the sweep', () => {
  it('leaves alone what is ready and what was begun within the hour', async () => {
    const ready = await fixture.add()
    const { asset: pending } = await fixture.begin()
    expect(await sweepOrphans(fixture)(inMinutes(59))).toEqual({ uploads: 0, objects: 0 })
    expect(await fixture.storage.find(ready.id as never)).toBeDefined()
    expect(dataOf(await fixture.send(FIND, { id: pending.id }, fixture.member)).asset).toMatchObject({ id: pending.id })
  })

  it('removes uploads that were abandoned or refused, and tells of it so that their bytes go', async () => {
    const { asset: pending } = await fixture.begin()
    const html = { bytes: aPicture('text/html').bytes, contentType: 'image/png' }
    const { asset: refused, upload } = await fixture.begin(html)
    await put(upload, html.bytes)
    expect((await fixture.send(CONFIRM, { input: { id: refused.id } }, fixture.member)).errors).toHaveLength(1)
    expect((await sweepOrphans(fixture)(inMinutes(61))).uploads).toBeGreaterThanOrEqual(2)
    for (const { id } of [pending, refused]) {
      expect(dataOf(await fixture.send(FIND, { id }, fixture.member))).toEqual({ asset: null })
      const told = await fixture.database.selectFrom('outbox').select('value').where('key', '=', id).execute()
      expect(told.at(-1)).toMatchObject({ value: { type: 'neotool.assets.asset-deleted.v1' } })
    }
  })

  it('removes bytes that were sent after their asset was deleted, once', async () => {
    const kept = await fixture.add()
    const picture = aPicture()
    const { asset, upload } = await fixture.begin(picture)
    dataOf(await fixture.send(DELETE, { input: { id: asset.id } }, fixture.member))
    expect((await put(upload, picture.bytes)).status).toBe(200)
    expect((await sweepOrphans(fixture)(inMinutes(61))).objects).toBeGreaterThanOrEqual(1)
    expect(await fixture.storage.find(asset.id as never)).toBeUndefined()
    expect(await fixture.storage.find(kept.id as never)).toBeDefined()
    expect(await sweepOrphans(fixture)(inMinutes(61))).toEqual({ uploads: 0, objects: 0 })
  })
})
