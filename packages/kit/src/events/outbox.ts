import { randomUUID } from 'node:crypto'
import type { DataOf, Envelope, EventType } from '@neotool/contracts/events/event'
import type { TableTopic } from '@neotool/contracts/events/tables'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Database, Tx } from '../postgres.ts'
import { type Trace, toTraceparent } from '../telemetry.ts'
import type { EventTables } from './event-tables.ts'

/**
 * Writes an event into the outbox: it is published if, and only if, the transaction commits; publication follows within
 * milliseconds, or when the broker is back. The subject is the aggregate's id; events of one subject stay in order as long
 * as the transaction holds a lock on the aggregate.
 */
export const addEvent = async <Event extends EventType>(
  tx: Tx<EventTables>,
  event: Event,
  { subject, data, trace }: { subject: string; data: DataOf<Event>; trace: Trace },
): Promise<void> => {
  const [, service] = event.type.split('.')
  const id = randomUUID()
  const value: Envelope = {
    specversion: '1.0',
    id,
    source: `/neotool/${service}`,
    type: event.type,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    partitionkey: subject,
    traceparent: toTraceparent(trace),
    data: event.data.parse(data),
  }
  await insert(tx, { id, topic: event.topic, key: subject, value })
}

/** Writes an entry of a table topic into the outbox: every process has it a moment after the commit. */
export const addTableEntry = async <Table extends TableTopic>(
  tx: Tx<EventTables>,
  table: Table,
  key: string,
  entry: z.output<Table['entry']>,
): Promise<void> => insert(tx, { id: randomUUID(), topic: table.topic, key, value: table.entry.parse(entry) })

/** Writes any JSON value into the outbox, for what is no event of ours, such as a dead letter. */
export const insert = async (
  tx: Tx<EventTables>,
  { value, ...row }: { id: string; topic: string; key: string; value: unknown },
): Promise<void> => {
  await tx
    .insertInto('outbox')
    .values({ ...row, value: JSON.stringify(value), published_at: null })
    .execute()
}

// Long enough that whatever was lost with a broker can be published again; longer than any redelivery of Kafka's.
const PUBLISHED_DAYS = 7
const HANDLED_DAYS = 14

/** Deletes what was published more than 7 days ago and what was handled more than 14 days ago; returns how many rows. */
export const purgeEvents = async (database: Database<EventTables>): Promise<{ outbox: number; inbox: number }> => {
  const outbox = await database
    .deleteFrom('outbox')
    .where('published_at', '<', sql<Date>`now() - make_interval(days => ${PUBLISHED_DAYS})`)
    .executeTakeFirst()
  const inbox = await database
    .deleteFrom('inbox')
    .where('state', '<>', 'parked')
    .where('received_at', '<', sql<Date>`now() - make_interval(days => ${HANDLED_DAYS})`)
    .executeTakeFirst()
  return { outbox: Number(outbox.numDeletedRows), inbox: Number(inbox.numDeletedRows) }
}
