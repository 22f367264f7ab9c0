import { randomUUID } from 'node:crypto'
import { productDeletedV1 } from '@neotool/contracts/events/app-product'
import { startEvents } from '@neotool/kit/events/backbone'
import { addEvent } from '@neotool/kit/events/outbox'
import { inTransaction } from '@neotool/kit/postgres'
import { continueTrace, createLogger, createMetrics } from '@neotool/kit/telemetry'
import { eventually } from '@neotool/testkit/eventually'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createConsumers } from '../src/consumers.ts'
import { type AssetsFixture, CONFIRM, DELETE, FIND, put, startAssets } from './assets-fixture.ts'
import { aPicture } from './pictures.ts'

let fixture: AssetsFixture
let events: ReturnType<typeof startEvents>
beforeAll(async () => {
  fixture = await startAssets()
  const { database, testDatabase, storage, assets } = fixture
  const consumers = createConsumers({ assets, storage })
  events = startEvents({
    service: 'assets',
    database,
    directUrl: testDatabase.directUrl,
    kafka: { brokers: [inject('kafkaBroker')], clientId: `test-${randomUUID()}` },
    // Groups of one's own: the broker is shared with other tests.
    consumers: consumers.map((consumer) => ({ ...consumer, group: `${consumer.group}.${randomUUID()}` })),
    log: createLogger({ service: 'assets', level: 'silent' }),
    metrics: createMetrics('assets'),
  })
})
afterAll(async () => {
  for (const [, stop] of events.steps) await stop()
  await fixture[Symbol.asyncDispose]()
})

const untilGone = (id: string) =>
  eventually(
    `the bytes of ${id} are gone`,
    async () => (await fixture.storage.find(id as never)) ?? 'gone',
    (answer) => answer === 'gone',
  )

describe('bytes', () => {
  it('go after their asset was deleted', async () => {
    const { id, url } = await fixture.add()
    dataOf(await fixture.send(DELETE, { input: { id } }, fixture.member))
    await untilGone(id)
    expect((await fetch(url)).status).toBe(404)
  })

  it('go after they were refused', async () => {
    const disguised = { bytes: aPicture('application/pdf').bytes, contentType: 'image/png' }
    const { asset, upload } = await fixture.begin(disguised)
    await put(upload, disguised.bytes)
    expect((await fixture.send(CONFIRM, { input: { id: asset.id } }, fixture.member)).errors).toHaveLength(1)
    await untilGone(asset.id)
  })

  it('go, with their assets, after the product was deleted, and those of other products stay', async () => {
    const productId = randomUUID()
    const [first, second] = [await fixture.add(aPicture(), { productId }), await fixture.add(aPicture(), { productId })]
    const { asset: pending } = await fixture.begin(aPicture(), { productId })
    const other = await fixture.add()
    await inTransaction(fixture.database, (tx) => {
      const facts = { name: 'Lamp', sku: 'LMP-1', priceCents: 1, stock: 0, version: 1 }
      const data = { productId, ...facts, actorId: fixture.member.userId }
      return addEvent(tx as never, productDeletedV1, { subject: productId, data, trace: continueTrace(undefined) })
    })
    await untilGone(first.id)
    await untilGone(second.id)
    for (const { id } of [first, second, pending])
      expect(dataOf(await fixture.send(FIND, { id }, fixture.member))).toEqual({ asset: null })
    expect((await fetch(other.url)).status).toBe(200)
  })
})
