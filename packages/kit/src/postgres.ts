import { Socket } from 'node:net'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Secret } from './config.ts'
import { AppError } from './errors.ts'
import type { ReadinessCheck } from './http.ts'
import { codeOf, DATABASE_UNAVAILABLE } from './sqlstate.ts'
import type { Logger, Metrics } from './telemetry.ts'

/** A pool on the service's database; a read takes this or a transaction. */
export type Database<Tables> = Kysely<Tables>
/** One transaction; whatever changes data takes this, so that it cannot be called outside of one. */
export type Tx<Tables> = Transaction<Tables>

// PgBouncer multiplexes many of these onto few server connections; ten keep one process of ours busy.
const POOL_SIZE = 10
const CONNECT_TIMEOUT_MS = 5_000
const IDLE_MS = 30_000
// A statement ends within 15 s (migrate sets that), after PgBouncer has let it wait for 15 s at most. What is idle is closed before.
const SILENT_MS = 35_000

/** Opens the pool lazily: it returns before anything is connected, and a server that is down fails queries, not the start. */
export const openDatabase = <Tables>({
  url,
  service,
  log,
  metrics,
  silentMs = SILENT_MS,
}: {
  url: Secret
  service: string
  log: Logger
  metrics: Metrics
  silentMs?: number
}): Database<Tables> => {
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    application_name: `neotool-${service}`,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_MS,
    stream: () => createSocket(silentMs),
  })
  // Without a listener Node ends the process. The pool replaces a connection that breaks, and whoever holds it at that moment
  // learns of it at the next query: between the queries of a transaction only this listener does.
  pool.on('connect', (client) => client.on('error', (error) => log.warn({ err: error }, 'a database connection broke')))
  pool.on('error', () => {})
  metrics.gauge('postgres_connections', 'Open connections to PgBouncer', () => pool.totalCount)
  metrics.gauge('postgres_waiting', 'Requests that wait for a connection', () => pool.waitingCount)
  const connect = async (): Promise<pg.PoolClient> => {
    try {
      return await pool.connect()
    } catch (cause) {
      throw new AppError({ ...DATABASE_UNAVAILABLE, cause })
    }
  }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: { connect, end: () => pool.end(), options: {} } }) })
}

/** Where a node dies with its pods nobody closes their connections: the kernel would go on sending for a quarter of an hour. */
const createSocket = (silentMs: number): Socket => {
  const socket = new Socket()
  return socket.setTimeout(silentMs, () => {
    socket.destroy(new Error(`the database said nothing for ${silentMs / 1_000} s`))
  })
}

/** Ready when the database answers a query. */
export const databaseCheck =
  <Tables>(database: Database<Tables>): ReadinessCheck =>
  async () => {
    await sql`select 1`.execute(database)
  }

const ATTEMPTS = 3

/**
 * Runs `work` in one READ COMMITTED transaction: all of it is kept or none. A deadlock or a serialisation failure is tried
 * again, three times in all, so `work` must not act on anything outside the transaction.
 */
export const inTransaction = async <Tables, Result>(
  database: Database<Tables>,
  work: (tx: Tx<Tables>) => Promise<Result>,
): Promise<Result> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await database.transaction().execute(work)
    } catch (error) {
      const code = codeOf(error)
      if (attempt === ATTEMPTS || (code !== '40001' && code !== '40P01')) throw error
    }
  }
}

/**
 * Turns the violation of a named constraint into the error that a user understands; other errors pass through.
 * Use as `query.execute().catch(onConstraint({ products_sku_unique: () => skuTaken(sku) }))`.
 */
export const onConstraint =
  (errors: Readonly<Record<string, () => AppError>>) =>
  (thrown: unknown): never => {
    const constraint = thrown instanceof pg.DatabaseError ? thrown.constraint : undefined
    const error = constraint === undefined ? undefined : errors[constraint]
    throw error === undefined ? thrown : error()
  }
