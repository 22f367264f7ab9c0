/**
 * The outbox relay: publishes what transactions have written into the outbox, in the order of its positions.
 *
 * One relay of a database publishes at a time, by a leased row. A batch is read, published and marked in one transaction
 * that holds the lease's row lock, so that a successor cannot begin while a batch is under way; where its holder dies, the
 * lock goes with its connection and the lease runs out. Rows are chosen by "not published yet", never by "after the last
 * position", because a transaction that began earlier may commit later. A crash between publishing and marking publishes a
 * batch again: consumers know events by their id.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import pg from 'pg'
import type { Secret } from '../config.ts'
import { type Loop, startLoop } from '../loop.ts'
import type { Database, Tx } from '../postgres.ts'
import type { Logger, Metrics } from '../telemetry.ts'
import type { EventTables } from './event-tables.ts'
import { type Publisher, SEND_DEADLINE_MS } from './kafka.ts'

// A successor takes over at most this long after its predecessor was killed, plus one poll.
const LEASE_SECONDS = 5
const POLL_MS = 1_000
const BATCH_ROWS = 500
// A relay that is stopped in the middle of a batch must not hold the lock for ever; one that waits for a broker gives up first.
const STALLED_MS = SEND_DEADLINE_MS + 2_000

/** Starts the relay; it goes on by itself after any failure of the database or the broker. */
export const startOutboxRelay = ({
  database,
  directUrl,
  publisher,
  log,
  metrics,
}: {
  database: Database<EventTables>
  directUrl: Secret
  publisher: Publisher
  log: Logger
  metrics: Metrics
}): Loop => {
  const holder = randomUUID()
  const published = metrics.counter('outbox_published_total', 'Outbox rows published', [])
  metrics.gauge('outbox_pending', 'Outbox rows not published yet', () => countPending(database))
  metrics.gauge('outbox_oldest_age_seconds', 'Age of the oldest outbox row not published yet', () =>
    ageOfOldest(database),
  )

  // Whether the last batch went out: a broker that is away must not delay the end of the process.
  let isHealthy = false
  const listener = createListener(directUrl, log, () => loop.wake())
  const loop = startLoop({
    name: 'outbox relay',
    pollMs: POLL_MS,
    log,
    async work() {
      if (!(await takeLease(database, holder))) return 'wait'
      await listener.ensure()
      isHealthy = false
      const count = await database.transaction().execute((tx) => publishBatch(tx, holder, publisher))
      isHealthy = true
      published.inc(count)
      return count === BATCH_ROWS ? 'again' : 'wait'
    },
    async end() {
      await listener.close()
      // What the last requests wrote goes out now rather than with the next start; not to a broker that is away.
      if (isHealthy && (await takeLease(database, holder))) {
        published.inc(await database.transaction().execute((tx) => publishBatch(tx, holder, publisher)))
      }
      await releaseLease(database, holder)
    },
  })
  return loop
}

const takeLease = async (database: Database<EventTables>, holder: string): Promise<boolean> => {
  const { numUpdatedRows } = await database
    .updateTable('outbox_lease')
    .set({ holder, expires_at: sql<Date>`clock_timestamp() + make_interval(secs => ${LEASE_SECONDS})` })
    .where((where) => where.or([where('holder', '=', holder), where('expires_at', '<', sql<Date>`clock_timestamp()`)]))
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Lets a successor begin at once. */
const releaseLease = async (database: Database<EventTables>, holder: string): Promise<void> => {
  await database
    .updateTable('outbox_lease')
    .set({ expires_at: sql<Date>`'-infinity'` })
    .where('holder', '=', holder)
    .execute()
}

const publishBatch = async (tx: Tx<EventTables>, holder: string, publisher: Publisher): Promise<number> => {
  await sql`select set_config('idle_in_transaction_session_timeout', ${String(STALLED_MS)}, true)`.execute(tx)
  const lease = await tx
    .selectFrom('outbox_lease')
    .select('only_one')
    .where('holder', '=', holder)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .forUpdate()
    .executeTakeFirst()
  if (lease === undefined) return 0
  const rows = await tx
    .selectFrom('outbox')
    .select(['position', 'topic', 'key', sql<string>`value::text`.as('value')])
    .where('published_at', 'is', null)
    .orderBy('position')
    .limit(BATCH_ROWS)
    .execute()
  if (rows.length === 0) return 0
  await publisher.publish(rows.map(({ topic, key, value }) => ({ topic, key, value })))
  const positions = rows.map(({ position }) => position)
  await tx.updateTable('outbox').set({ published_at: sql<Date>`now()` }).where('position', 'in', positions).execute()
  return rows.length
}

const countPending = async (database: Database<EventTables>): Promise<number> => {
  const { count } = await database
    .selectFrom('outbox')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('published_at', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

const ageOfOldest = async (database: Database<EventTables>): Promise<number> => {
  const { age } = await database
    .selectFrom('outbox')
    .select(sql<number>`coalesce(extract(epoch from now() - min(created_at)), 0)::float8`.as('age'))
    .where('published_at', 'is', null)
    .executeTakeFirstOrThrow()
  return age
}

/** LISTEN belongs to a session, which PgBouncer's transaction mode does not keep: hence one connection past it. */
const createListener = (url: Secret, log: Logger, onNotification: () => void) => {
  let client: pg.Client | undefined
  const drop = (error: unknown): void => {
    log.warn({ err: error }, 'the outbox listener has no connection; the relay goes on polling')
    client = undefined
  }
  return {
    /** Connects where it has no connection. It does not throw: without notifications the relay is a second late, no more. */
    async ensure(): Promise<void> {
      if (client !== undefined) return
      const fresh = new pg.Client({
        connectionString: url.reveal(),
        application_name: 'neotool-outbox',
        connectionTimeoutMillis: 3_000,
      })
      fresh.on('notification', onNotification)
      fresh.on('error', drop)
      try {
        await fresh.connect()
        await fresh.query('listen outbox')
        client = fresh
      } catch (error) {
        drop(error)
        await fresh.end().catch(() => {})
      }
    },
    async close(): Promise<void> {
      await client?.end()
      client = undefined
    },
  }
}
