import { randomUUID } from 'node:crypto'
import { eventually } from '@neotool/testkit/eventually'
import type { ServiceProcess } from '@neotool/testkit/service-process'
import { Producer } from '@platformatic/kafka'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newSession } from './people.ts'
import { createProduct, namesInActivity, newProduct, renameProduct } from './products.ts'
import { type Stack, startStack } from './stack.ts'

let stack: Stack
let app: ServiceProcess
let token: string
const isReady = async (replica: ServiceProcess) => (await replica.health('ready')).status === 200

beforeAll(async () => {
  stack = await startStack()
  token = (await newSession(stack.security)).accessToken
})
afterAll(() => stack?.[Symbol.asyncDispose]())
beforeEach(async () => {
  app = await stack.startApp()
  await eventually('readiness', () => isReady(app))
})
afterEach(async () => {
  await app.end('SIGKILL')
})

const untilActivity = (replica: ServiceProcess, productId: string, count: number) =>
  eventually(
    'the activity',
    () => namesInActivity(replica, token, productId),
    ({ length }) => length >= count,
  )

const countUnpublished = async (): Promise<number> =>
  (await stack.sql(`select id from outbox where published_at is null and topic = 'neotool.app.product'`)).length

describe('a kill -9 of app', () => {
  it('between the commit and the publication loses no event and repeats no effect', async () => {
    await stack.kafka.kill('SIGKILL')
    const product = await newProduct(app, token, 'Desk 1')
    await renameProduct(app, token, product, 'Desk 2')
    expect(await countUnpublished()).toBe(2)
    await app.end('SIGKILL')
    await stack.kafka.restart()
    expect(await countUnpublished()).toBe(2)
    app = await stack.startApp()
    await untilActivity(app, product.id, 2)
    // One more, so that a repetition of those before it would have come by now.
    const { id } = product
    await renameProduct(app, token, { id, version: 2 }, 'Desk 3')
    await untilActivity(app, id, 3)
    expect(await namesInActivity(app, token, id)).toEqual(['Desk 1', 'Desk 2', 'Desk 3'])
  })

  it('between the effects and their offsets repeats no effect', async () => {
    await using held = await stack.hold('activity')
    const products = await Promise.all([1, 2, 3, 4].map((number) => newProduct(app, token, `Lamp ${number}`)))
    const waiting = `select pid from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into "activity"%'`
    await eventually(
      'an effect under way',
      () => stack.sql(waiting),
      ({ length }) => length > 0,
    )
    await eventually('publication', countUnpublished, (count) => count === 0)
    // Without the broker the effects happen, and no offset can be committed.
    await stack.kafka.kill('SIGKILL')
    await held.release()
    const ids = products.map(({ id }) => id)
    const effects = () => stack.sql('select from activity where product_id = any($1)', [ids])
    const before = await eventually('an effect', effects, ({ length }) => length > 0)
    await app.end('SIGKILL')
    await stack.kafka.restart()
    app = await stack.startApp()
    for (const { id } of products) await untilActivity(app, id, 1)
    const known = () => app.metric('events_received_total', 'outcome="known"')
    await eventually('the repeated deliveries', known, (count) => count >= before.length)
    for (const [index, { id }] of products.entries()) {
      expect(await namesInActivity(app, token, id)).toEqual([`Lamp ${index + 1}`])
    }
  })

  it('that held the lease of the relay lets the other replica take over', async () => {
    const other = await stack.startApp()
    await eventually('readiness', () => isReady(other))
    const first = await newProduct(app, token, 'Chair 1')
    await untilActivity(app, first.id, 1)
    const published = (replica: ServiceProcess) => replica.metric('outbox_published_total')
    const replicas = [app, other] as const
    // It counts a moment after it has published.
    const counts = await eventually(
      'a replica that has published',
      () => Promise.all(replicas.map(published)),
      (each) => each.some((count) => count > 0),
    )
    const [holder, heir] = (counts[0] ?? 0) > 0 ? replicas : replicas.toReversed()
    if (holder === undefined || heir === undefined) throw new Error('there are two')
    expect(await published(heir)).toBe(0)
    await holder.end('SIGKILL')
    const second = await newProduct(heir, token, 'Chair 2')
    await eventually('publication', countUnpublished, (count) => count === 0)
    await eventually(
      'what the heir has published',
      () => published(heir),
      (count) => count > 0,
    )
    await untilActivity(heir, second.id, 1)
    await heir.end('SIGKILL')
  })
})

describe('an event that app cannot handle', () => {
  it('parks its key alone and goes to the dead letters after its last attempt', async () => {
    const [poisoned, well] = [await newProduct(app, token, 'Shelf 1'), await newProduct(app, token, 'Stool 1')]
    await untilActivity(app, poisoned.id, 1)
    const producer = new Producer({ clientId: 'test', bootstrapBrokers: [stack.kafka.bootstrapServers] })
    const poison = { topic: 'neotool.app.product', key: Buffer.from(poisoned.id), value: Buffer.from('no event') }
    await producer.send({ messages: [poison] })
    await producer.close()
    const parked = `select attempts, next_attempt_at from inbox where key = $1 and state = 'parked' order by position`
    await eventually(
      'the parking',
      () => stack.sql(parked, [poisoned.id]),
      ({ length }) => length === 1,
    )
    await renameProduct(app, token, poisoned, 'Shelf 2')
    await renameProduct(app, token, well, 'Stool 2')
    await untilActivity(app, well.id, 2)
    await eventually(
      'the queue',
      () => stack.sql(parked, [poisoned.id]),
      ({ length }) => length === 2,
    )
    expect(await namesInActivity(app, token, poisoned.id)).toEqual(['Shelf 1'])

    // The attempts are minutes apart: move the clock of the first one on until it was the last.
    const dead = `select from inbox where key = $1 and state = 'dead'`
    const isDead = async () => {
      await stack.sql(`update inbox set next_attempt_at = now() where key = $1 and state = 'parked'`, [poisoned.id])
      return (await stack.sql(dead, [poisoned.id])).length === 1
    }
    await eventually('the last attempt', isDead)
    await untilActivity(app, poisoned.id, 2)
    expect(await namesInActivity(app, token, poisoned.id)).toEqual(['Shelf 1', 'Shelf 2'])
    const letter = `select value from outbox where topic = 'neotool.app.dead-letters' and key = $1 and published_at is not null`
    const [found] = await eventually(
      'the letter',
      () => stack.sql(letter, [poisoned.id]),
      ({ length }) => length === 1,
    )
    expect(found?.value).toMatchObject({ consumer: 'neotool.app.activity', attempts: 4, cause: expect.any(String) })
  })
})

describe('one user action', () => {
  it('is one trace from the answer to the effect', async () => {
    const { data, traceId } = await createProduct(app, token, 'Desk')
    const { id } = data?.createProduct.product ?? { id: randomUUID() }
    await untilActivity(app, id, 1)
    const [row] = await stack.sql(`select value->>'traceparent' as traceparent from outbox where key = $1`, [id])
    expect(row?.traceparent).toMatch(new RegExp(`^00-${traceId}-`))
    const ofTrace = () => app.log.filter((line) => line.traceId === traceId).map(({ msg }) => msg)
    await eventually('the log of the effect', ofTrace, (messages) => messages.includes('event'))
    expect(ofTrace()).toContain('request')
  })
})

describe('SIGTERM', () => {
  it('lets every request under way be answered, loses nothing and ends with 0', async () => {
    // They get as far as their first change and wait there.
    await using held = await stack.hold('products')
    const requests = Array.from({ length: 8 }, (_, number) => newProduct(app, token, `Late ${number}`))
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and query like 'insert into "products"%'`
    await eventually(
      'requests under way',
      () => stack.sql(waiting),
      ({ length }) => length === requests.length,
    )
    const ended = app.end('SIGTERM')
    const isClosed = () =>
      app.health('live').then(
        () => false,
        () => true,
      )
    await eventually('the end of new connections', isClosed)
    await held.release()
    const products = await Promise.all(requests)
    expect(await ended).toBe(0)
    app = await stack.startApp()
    for (const [number, { id }] of products.entries()) {
      await untilActivity(app, id, 1)
      expect(await namesInActivity(app, token, id)).toEqual([`Late ${number}`])
    }
  })

  it('under load leaves no change without its event, and none without its answer', async () => {
    const answered: string[] = []
    let isOver = false
    const write = async () => {
      while (!isOver) {
        try {
          answered.push((await newProduct(app, token, 'Load')).id)
        } catch {
          // Not connected any more: if this one had been under way, its product would be there without an answer.
          isOver = true
        }
      }
    }
    const writers = Promise.all(Array.from({ length: 20 }, write))
    await eventually(
      'load',
      () => answered.length,
      (count) => count > 200,
    )
    expect(await app.end('SIGTERM')).toBe(0)
    isOver = true
    await writers
    expect(await stack.sql(`select from products where name = 'Load'`)).toHaveLength(answered.length)
    app = await stack.startApp()
    const effects = () =>
      stack.sql<{ product_id: string }>(`select product_id from activity where product_name = 'Load'`)
    const found = await eventually('all effects', effects, ({ length }) => length >= answered.length)
    expect(found.map(({ product_id }) => product_id).toSorted()).toEqual(answered.toSorted())
  })
})
