import { randomUUID } from 'node:crypto'
import { productUpdatedV1 } from '@neotool/contracts/events/app-product'
import {
  type ConsumerDefinition,
  createConsumerMetrics,
  defineConsumer,
  type Received,
  startConsumer,
} from '@neotool/kit/events/consumer'
import type { EventTables } from '@neotool/kit/events/event-tables'
import type { Outcome } from '@neotool/kit/events/inbox'
import { createPublisher, type Kafka, type Publisher } from '@neotool/kit/events/kafka'
import { addEvent } from '@neotool/kit/events/outbox'
import { startOutboxRelay } from '@neotool/kit/events/relay'
import { type Database, inTransaction, openDatabase } from '@neotool/kit/postgres'
import { continueTrace, createLogger, createMetrics } from '@neotool/kit/telemetry'
import { createTestDatabase } from '@neotool/testkit/database'
import { sql } from 'kysely'

export type Tables = EventTables & { effects: { position: string; key: string; step: number; trace_id: string } }
type Updated = Received<typeof productUpdatedV1>

export const log = createLogger({ service: 'test', level: process.env.TEST_LOG ?? 'silent' })

/** A database with outbox and inbox and a table of effects, and what a service starts on it; all ends with `using`. */
export const startEvents = async (bootstrapServers: string) => {
  const kafka: Kafka = { brokers: [bootstrapServers], clientId: `test-${randomUUID()}` }
  const testDatabase = await createTestDatabase('app')
  const metrics = createMetrics('test')
  const database: Database<Tables> = openDatabase({ url: testDatabase.url, service: 'test', log, metrics })
  const events = database as unknown as Database<EventTables>
  await sql`create table effects (position bigint generated always as identity, key text, step int, trace_id text)`.execute(
    database,
  )
  const ends: (() => Promise<unknown>)[] = []
  const group = `neotool.test.${randomUUID()}`

  return {
    kafka,
    database,
    group,
    testDatabase,
    /** Starts one more relay, as another replica of the service would; `around` may delay what it publishes. */
    relay(around: (publish: () => Promise<void>) => Promise<void> = (publish) => publish()) {
      const kafkaPublisher = createPublisher(kafka)
      const publisher: Publisher = {
        ...kafkaPublisher,
        publish: (messages) => around(() => kafkaPublisher.publish(messages)),
      }
      const own = createMetrics('test')
      const relay = startOutboxRelay({
        database: events,
        directUrl: testDatabase.directUrl,
        publisher,
        log,
        metrics: own,
      })
      const stop = async () => {
        await relay.stop()
        await publisher.close()
      }
      ends.push(stop)
      return { stop, publisher }
    },
    /** Starts a member of the group; `before` may fail an event, or delay it. */
    consumer(before: (event: Updated) => Promise<void> | void = () => {}, retryDelaysMs = [50, 100, 200]) {
      const definition: ConsumerDefinition<Tables> = defineConsumer({
        group,
        events: [productUpdatedV1],
        async handle(tx, event: Updated, { trace }) {
          await before(event)
          const effect = { key: event.subject, step: event.data.version, trace_id: trace.traceId }
          await tx
            .insertInto('effects')
            .values(effect as never)
            .execute()
        },
      })
      const consumerMetrics = createConsumerMetrics(createMetrics('test'))
      const consumer = startConsumer({
        definition,
        service: 'app',
        database,
        kafka,
        log,
        metrics: consumerMetrics,
        retryDelaysMs,
      })
      ends.push(consumer.stop)
      /** How many deliveries had this outcome at this member. */
      const count = async (outcome: Outcome): Promise<number> => {
        const { values } = await consumerMetrics.received.get()
        return values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0
      }
      return { ...consumer, count }
    },
    /** One change of an aggregate, decided and written in one transaction. */
    async emit(subject: string, step: number, trace = continueTrace(undefined)) {
      await inTransaction(events, (tx) =>
        addEvent(tx, productUpdatedV1, { subject, data: aChange(subject, step), trace }),
      )
    },
    /** The steps of a key in the order in which they had their effect. */
    async effects(key: string): Promise<number[]> {
      const rows = await database
        .selectFrom('effects')
        .select('step')
        .where('key', '=', key)
        .orderBy('position')
        .execute()
      return rows.map(({ step }) => step)
    },
    async [Symbol.asyncDispose]() {
      for (const end of ends.toReversed()) await end()
      await database.destroy()
      await testDatabase[Symbol.asyncDispose]()
    },
  }
}

/** The data of a change whose version tells which one it is. */
export const aChange = (productId: string, version: number) => ({
  productId,
  name: 'Desk lamp',
  sku: 'LMP-1',
  priceCents: 1,
  stock: 1,
  version,
  actorId: productId,
  changed: [],
})
