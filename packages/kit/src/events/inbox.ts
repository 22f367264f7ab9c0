/**
 * The inbox: what a consumer has received, and what became of it. Receiving and the consumer's effect are one transaction,
 * so an event has its effect exactly once, however often it arrives. A failing event is parked with the time of its next
 * attempt; later events of its key queue behind it, so that one key's order holds while other keys go on.
 */
import { randomUUID } from 'node:crypto'
import type { Envelope } from '@neotool/contracts/events/event'
import { deadLettersOf } from '@neotool/contracts/events/topics'
import { sql, type Updateable } from 'kysely'
import { ERROR_KINDS, toAppError } from '../errors.ts'
import { type Database, inTransaction, type Tx } from '../postgres.ts'
import type { EventTables } from './event-tables.ts'
import { insert } from './outbox.ts'

export type Delivery = { readonly topic: string; readonly key: string; readonly event: Envelope }

export type Inbox<Tables extends EventTables> = {
  readonly database: Database<Tables>
  readonly service: string
  readonly consumer: string
  /** Waits before the second, third, … attempt; after the last one the event is dead. */
  readonly retryDelaysMs: readonly number[]
  effect(tx: Tx<Tables>, event: Envelope): Promise<void>
}

export type Outcome = 'done' | 'known' | 'parked' | 'dead'

/**
 * Takes a delivery in: its effect happens now, or it is parked, or it was received before. Throws only where the database
 * cannot be reached; the same delivery must then be tried again.
 */
export const receive = async <Tables extends EventTables>(
  inbox: Inbox<Tables>,
  delivery: Delivery,
): Promise<Outcome> => {
  try {
    return await inTransaction(inbox.database, async (tx) => {
      const events = tx as unknown as Tx<EventTables>
      await lockKey(events, inbox.consumer, delivery.key)
      const mustQueue = await hasParked(events, inbox.consumer, delivery.key)
      const isNew = await addRow(events, inbox.consumer, delivery, mustQueue ? 'parked' : 'done')
      if (!isNew) return 'known'
      if (mustQueue) return 'parked'
      await inbox.effect(tx, delivery.event)
      return 'done'
    })
  } catch (error) {
    return await inTransaction(inbox.database, async (tx) => {
      const events = tx as unknown as Tx<EventTables>
      await lockKey(events, inbox.consumer, delivery.key)
      const isNew = await addRow(events, inbox.consumer, delivery, 'parked')
      return isNew ? recordFailure(events, inbox, delivery, 1, error) : 'known'
    })
  }
}

/** Tries the first parked event of some key that is due; undefined where none is. */
export const retryOne = async <Tables extends EventTables>(inbox: Inbox<Tables>): Promise<Outcome | undefined> => {
  let tried: { delivery: Delivery; attempts: number } | undefined
  try {
    return await inTransaction(inbox.database, async (tx) => {
      const events = tx as unknown as Tx<EventTables>
      tried = await lockFirstDue(events, inbox.consumer)
      if (tried === undefined) return undefined
      await inbox.effect(tx, tried.delivery.event)
      await setState(events, inbox.consumer, tried.delivery.event.id, {
        state: 'done',
        event: null,
        next_attempt_at: null,
      })
      return 'done'
    })
  } catch (error) {
    const failed = tried
    if (failed === undefined) throw error
    return await inTransaction(inbox.database, (tx) =>
      recordFailure(tx as unknown as Tx<EventTables>, inbox, failed.delivery, failed.attempts + 1, error),
    )
  }
}

/** One event of a key at a time, whatever rebalances and retries do meanwhile; the lock ends with the transaction. */
const lockKey = (tx: Tx<EventTables>, consumer: string, key: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`${consumer}/${key}`}, 0))`.execute(tx)

const hasParked = async (tx: Tx<EventTables>, consumer: string, key: string): Promise<boolean> => {
  const row = await tx
    .selectFrom('inbox')
    .select('event_id')
    .where('consumer', '=', consumer)
    .where('key', '=', key)
    .where('state', '=', 'parked')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

const addRow = async (
  tx: Tx<EventTables>,
  consumer: string,
  { topic, key, event }: Delivery,
  state: 'done' | 'parked',
): Promise<boolean> => {
  const isParked = state === 'parked'
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('inbox')
    .values({
      consumer,
      topic,
      key,
      state,
      event_id: event.id,
      event: isParked ? JSON.stringify(event) : null,
      next_attempt_at: isParked ? sql<Date>`now()` : null,
      last_error: null,
    })
    .onConflict((conflict) => conflict.columns(['consumer', 'event_id']).doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** The oldest parked event of a key that nobody else works on now; the events behind it wait for it. */
const lockFirstDue = async (
  tx: Tx<EventTables>,
  consumer: string,
): Promise<{ delivery: Delivery; attempts: number } | undefined> => {
  const row = await tx
    .selectFrom('inbox as first')
    .select(['topic', 'key', 'attempts', 'event'])
    .where('consumer', '=', consumer)
    .where('state', '=', 'parked')
    .where('next_attempt_at', '<=', sql<Date>`now()`)
    .where(
      sql<boolean>`not exists (select from inbox as earlier where earlier.consumer = first.consumer
        and earlier.key = first.key and earlier.state = 'parked' and earlier.position < first.position)`,
    )
    .orderBy('next_attempt_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (!row?.event) return undefined
  return {
    delivery: { topic: row.topic, key: row.key, event: row.event },
    attempts: row.attempts,
  }
}

const setState = async (
  tx: Tx<EventTables>,
  consumer: string,
  eventId: string,
  change: Updateable<EventTables['inbox']>,
): Promise<void> => {
  await tx.updateTable('inbox').set(change).where('consumer', '=', consumer).where('event_id', '=', eventId).execute()
}

/** Sets the next attempt, or, after the last one or for an error that will not pass, sends the event to the dead letters. */
const recordFailure = async <Tables extends EventTables>(
  tx: Tx<EventTables>,
  { service, consumer, retryDelaysMs }: Inbox<Tables>,
  { topic, key, event }: Delivery,
  attempts: number,
  thrown: unknown,
): Promise<Outcome> => {
  const cause = describe(thrown)
  const delayMs = retryDelaysMs[attempts - 1]
  const isHopeless = ERROR_KINDS[toAppError(thrown).kind].consumerAction === 'dead-letter'
  if (delayMs !== undefined && !isHopeless) {
    const next_attempt_at = new Date(Date.now() + delayMs)
    await setState(tx, consumer, event.id, { attempts, last_error: cause, next_attempt_at })
    return 'parked'
  }
  await setState(tx, consumer, event.id, { state: 'dead', attempts, last_error: cause, next_attempt_at: null })
  const value = { consumer, topic, cause, attempts, event }
  await insert(tx, { id: randomUUID(), topic: deadLettersOf(service), key, value })
  return 'dead'
}

/** The chain of messages without stacks: it goes to a topic and into a table that people read. */
const describe = (thrown: unknown): string => {
  const messages: string[] = []
  for (let error = thrown; error !== undefined && messages.length < 5; ) {
    messages.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
    error = error instanceof Error ? error.cause : undefined
  }
  return messages.join('; caused by ').slice(0, 2_000)
}
