import { randomUUID } from 'node:crypto'
import { readPolicies } from '@neotool/contracts/policies'
import { createAuthorizer } from '@neotool/kit/authz'
import { createPublisher, createTopics, type Kafka } from '@neotool/kit/events/kafka'
import { startPolicyUpdates } from '@neotool/kit/events/policy-updates'
import { startTableReader } from '@neotool/kit/events/table-reader'
import { createMetrics } from '@neotool/kit/telemetry'
import { userActor } from '@neotool/testkit/actors'
import { eventually } from '@neotool/testkit/eventually'
import { type KafkaServer, startBroker } from '@neotool/testkit/kafka'
import { Admin } from '@platformatic/kafka'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { log } from './events-fixture.ts'

let broker: KafkaServer
let kafka: Kafka
beforeAll(async () => {
  broker = await startBroker()
  kafka = { brokers: [broker.bootstrapServers], clientId: 'test-tables' }
})
afterAll(() => broker.stop())

/** A compacted topic of its own, which is there from the beginning unless the test makes it. */
const startTable = async ({ isThere = true } = {}) => {
  const topic = `neotool.test.${randomUUID()}`
  const table = { topic, entry: z.object({ price: z.int() }) }
  const publisher = createPublisher(kafka)
  const admin = new Admin({ clientId: 'test-admin', bootstrapBrokers: [...kafka.brokers] })
  const stack = new AsyncDisposableStack()
  stack.defer(() => publisher.close())
  stack.defer(() => admin.close())
  const create = () =>
    createTopics(kafka, [{ name: topic, partitions: 1, configs: { 'cleanup.policy': 'compact' } }], 1)
  if (isThere) await create()
  // A broker that has just started, or just made the topic, may refuse the first.
  const putText = (key: string, value: string) =>
    eventually('publication', () => publisher.publish([{ topic, key, value }]).then(() => true))
  return {
    admin,
    topic,
    create,
    putText,
    put: (key: string, price: number) => putText(key, JSON.stringify({ price })),
    /** Starts one more process's view of the table; `refuse` throws at prices. */
    read(refuse: (price: number) => void = () => {}) {
      const prices = new Map<string, number>()
      const reader = startTableReader({
        table,
        kafka,
        log,
        onEntry: (key, entry) => {
          if (entry === undefined) return void prices.delete(key)
          refuse(entry.price)
          prices.set(key, entry.price)
        },
      })
      stack.defer(() => reader.stop())
      return { ...reader, prices: () => Object.fromEntries(prices) }
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

const isPassing = (check: () => Promise<void>) =>
  check().then(
    () => true,
    () => false,
  )

describe('a reader of a table', () => {
  it('sees all of it from the beginning, as does every other one, and what comes later', async () => {
    await using table = await startTable()
    await table.put('desk', 1)
    await table.put('lamp', 2)
    const readers = [table.read(), table.read()]
    await table.put('desk', 3)
    const late = table.read()
    for (const { prices, caughtUp, connected } of [...readers, late]) {
      await eventually('the table', prices, (found) => found.desk === 3 && found.lamp === 2)
      await eventually('having caught up', () => isPassing(caughtUp))
      await connected()
    }
  })

  it('has not caught up before it has read to the end', async () => {
    await using table = await startTable({ isThere: false })
    const reader = table.read()
    await expect(reader.caughtUp()).rejects.toMatchObject({ kind: 'unavailable', reason: 'NOT_CAUGHT_UP' })
    await table.create()
    await table.put('desk', 1)
    await eventually('having caught up', () => isPassing(reader.caughtUp))
    expect(await eventually('the entry', reader.prices, ({ desk }) => desk !== undefined)).toEqual({ desk: 1 })
  })

  it('refuses a broken entry, keeps the one before it and reads on', async () => {
    await using table = await startTable()
    const reader = table.read((price) => {
      if (price > 100) throw new Error('too much')
    })
    await table.put('desk', 1)
    await table.putText('desk', 'no JSON')
    await table.putText('desk', '{"price":"1.50"}')
    await table.put('desk', 101)
    await table.put('lamp', 2)
    await eventually('the entry after them', reader.prices, ({ lamp }) => lamp === 2)
    expect(reader.prices()).toEqual({ desk: 1, lamp: 2 })
    await reader.caughtUp()
  })

  it('begins again where what it would read next has been deleted', async () => {
    await using table = await startTable()
    for (const price of [1, 2, 3]) await table.put('desk', price)
    const reader = table.read()
    await eventually('the table', reader.prices, ({ desk }) => desk === 3)
    // Made anew, so that the reader's offset lies beyond the end.
    await table.admin.deleteTopics({ topics: [table.topic] })
    await eventually('the deletion', async () => !(await table.admin.listTopics()).includes(table.topic))
    await table.create()
    await table.put('lamp', 4)
    await eventually('what is there now', reader.prices, ({ lamp }) => lamp === 4)
  })

  it('misses nothing of a topic that was made anew and has grown past its offset meanwhile', async () => {
    await using table = await startTable()
    await table.put('desk', 1)
    const reader = table.read()
    await eventually('the table', reader.prices, ({ desk }) => desk === 1)
    await table.admin.deleteTopics({ topics: [table.topic] })
    await eventually('the deletion', async () => !(await table.admin.listTopics()).includes(table.topic))
    await table.create()
    for (const key of ['lamp', 'chair', 'shelf']) await table.put(key, 4)
    await eventually('the last', reader.prices, ({ shelf }) => shelf === 4)
    expect(reader.prices()).toMatchObject({ lamp: 4, chair: 4, shelf: 4 })
  })
})

describe('policies that are broken', () => {
  it('are refused: those before them go on deciding, and good ones after them are taken', async () => {
    const { schema, policies } = await readPolicies()
    const replaced: string[] = []
    const authorizer = createAuthorizer({ schema, policies, log })
    const watched: typeof authorizer = {
      ...authorizer,
      replacePolicies: (text) => {
        authorizer.replacePolicies(text)
        replaced.push(text)
      },
    }
    const mayView = (id: string) => {
      return authorizer.decide(userActor({ id }), 'app:product:view', { type: 'Product' }).policyIds
    }
    const permitAs = (id: string) =>
      `@id("${id}") permit (principal, action == Action::"app:product:view", resource is Product);`
    const publisher = createPublisher(kafka)
    const metrics = createMetrics('test')
    const updates = startPolicyUpdates(watched, kafka, { log, metrics })
    try {
      const put = (version: number, text: string) =>
        publisher.publish([
          { topic: 'neotool.security.policies', key: 'active', value: JSON.stringify({ version, policies: text }) },
        ])
      await put(1, 'permit (principal, action')
      const isRefusing = () => updates.caughtUp().then(String, ({ reason }) => reason === 'POLICIES_BROKEN')
      await eventually('being unready with broken policies alone', isRefusing, (answer) => answer === true)
      await put(1, permitAs('first'))
      await eventually(
        'the first',
        () => replaced.length,
        (count) => count === 1,
      )
      expect(mayView(randomUUID())).toEqual(['first'])
      await put(2, 'permit (principal, action')
      await put(3, '@id("unknown-action") permit (principal, action == Action::"app:product:fly", resource);')
      await put(4, permitAs('last'))
      // A relay that stood still may publish an old bundle late.
      await put(2, permitAs('late'))
      await put(5, permitAs('newest'))
      await eventually(
        'the newest',
        () => replaced.at(-1),
        (text) => text === permitAs('newest'),
      )
      expect(replaced).toEqual(['first', 'last', 'newest'].map(permitAs))
      expect(mayView(randomUUID())).toEqual(['newest'])
      expect(await metrics.registry.metrics()).toMatch(/neotool_test_policies_refused_total\{[^}]*\} 3\n/)
      expect(await metrics.registry.metrics()).toMatch(/neotool_test_policies_version\{[^}]*\} 5\n/)
      await updates.caughtUp()
      // A process that starts now finds the newest, without asking anybody.
      const late = createAuthorizer({ schema, policies, log })
      const lateUpdates = startPolicyUpdates(late, kafka, { log, metrics: createMetrics('test') })
      const lateIds = () => late.decide(userActor(), 'app:product:view', { type: 'Product' }).policyIds
      await eventually('the newest in a new process', lateIds, (ids) => ids[0] === 'newest').finally(lateUpdates.stop)
    } finally {
      await updates.stop()
      await publisher.close()
    }
  })
})
