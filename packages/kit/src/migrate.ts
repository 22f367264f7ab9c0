/**
 * Forward-only migrations: plain SQL files `NNNN-verb-noun.sql`, each applied once, in one transaction, under an advisory
 * lock, on a direct connection (PgBouncer's transaction mode would lose the lock). An applied file is remembered with its
 * checksum, because a file that changes after it ran would leave every database different from a new one.
 * Names in the database that the folder does not have are left alone: they are a newer release's, and this is a roll-back.
 */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { Secret } from './config.ts'
import { type Patience, waitFor } from './wait-for.ts'

export type Migration = { readonly name: string; readonly sql: string; readonly checksum: string }

// Any number will do, as long as it is the same in every release.
const LOCK = 4_207_001

// Of one attempt: where a network policy drops the packets there is no answer at all.
const CONNECT_TIMEOUT_MS = 5_000

const KIT_FOLDER = fileURLToPath(new URL('../migrations', import.meta.url))

/** Reads a folder's migrations in order; throws where a name is malformed or a number occurs twice. */
export const readMigrations = async (folder: string, prefix = ''): Promise<readonly Migration[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  for (const [index, name] of names.entries()) {
    if (!/^\d{4}-[a-z0-9-]+\.sql$/.test(name)) throw new Error(`${name}: a migration is called NNNN-verb-noun.sql`)
    if (names[index - 1]?.slice(0, 4) === name.slice(0, 4)) throw new Error(`${name}: its number is taken`)
  }
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(folder, name), 'utf8')
      return { name: `${prefix}${name}`, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

/** The migrations that are yet to run; throws where an applied one has changed or one would run out of order. */
export const planMigrations = (
  wanted: readonly Migration[],
  applied: ReadonlyMap<string, string>,
): readonly Migration[] => {
  for (const { name, checksum } of wanted) {
    const known = applied.get(name)
    if (known !== undefined && known !== checksum) {
      throw new Error(`${name} has changed since it was applied. Restore it and write a new migration instead.`)
    }
  }
  const pending = wanted.filter(({ name }) => !applied.has(name))
  const last = wanted.findLast(({ name }) => applied.has(name))
  const late = last && pending.find(({ name }) => name < last.name)
  if (late)
    throw new Error(`${late.name} comes before ${last.name}, which is applied already. Give it a higher number.`)
  return pending
}

/**
 * Applies what is missing, kit's own tables first, and returns the names. A failing migration is rolled back and named; those before it stay.
 * Also sets the database's time-outs, so that no statement of a service can hold a lock or a connection for ever.
 * With patience it waits for a server, database and role that somebody else is about to make.
 */
export const migrate = async ({
  url,
  folder,
  patience = { withinSeconds: 0, say: () => {} },
}: {
  url: Secret
  folder: string
  patience?: Patience
}): Promise<readonly string[]> => {
  const [kit, own] = await Promise.all([readMigrations(KIT_FOLDER, 'kit/'), readMigrations(folder)])
  const client = await waitFor(() => connect(url), patience)
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0')
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(`create table if not exists schema_migrations (
      name text primary key, checksum text not null, applied_at timestamptz(3) not null default now())`)
    const { rows } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from schema_migrations',
    )
    const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]))
    const pending = [...planMigrations(kit, applied), ...planMigrations(own, applied)]
    for (const migration of pending) await apply(client, migration)
    await setTimeouts(client)
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

const connect = async (url: Secret): Promise<pg.Client> => {
  // A client that has failed to connect cannot be used again.
  const client = new pg.Client({
    connectionString: url.reveal(),
    application_name: 'neotool-migrate',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  await client.connect()
  return client
}

const apply = async (client: pg.Client, { name, sql, checksum }: Migration): Promise<void> => {
  try {
    // A migration that waits for a busy table would make everybody else wait behind it: better to fail and be run again.
    await client.query("begin; set local lock_timeout = '10s'")
    await client.query(sql)
    await client.query('insert into schema_migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`${name} failed and was rolled back; the database is as it was before it: ${why}`, { cause })
  }
}

const setTimeouts = (client: pg.Client): Promise<unknown> =>
  client.query(`do $$ begin
    execute format('alter database %I set statement_timeout = %L', current_database(), '15s');
    execute format('alter database %I set lock_timeout = %L', current_database(), '5s');
    execute format('alter database %I set idle_in_transaction_session_timeout = %L', current_database(), '30s');
  end $$`)
