/** What an environment's PostgreSQL and the throwaway one of the tests have in common. */
import { existsSync, realpathSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { postgresProgram } from './binaries/postgres.ts'
import { assertReachable, type User } from './data-owner.ts'
import { PlatformError } from './failure.ts'
import { isWorkedIn } from './processes.ts'
import { runCommand } from './run-command.ts'

export const superuser = 'postgres'

/** Same sorting and case rules on every machine, whatever locales it has. */
const locale = `ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' TEMPLATE template0`

const majorVersion = '18'

/** The address of a database on this machine. */
export const postgresUrl = (at: { role: string; password: string; port: number; database: string }): string =>
  `postgres://${at.role}:${encodeURIComponent(at.password)}@127.0.0.1:${at.port}/${at.database}`

/** Makes a directory that only the data owner may enter. */
export const makePrivateDirectory = async (directory: string, owner: User | undefined): Promise<void> => {
  await mkdir(dirname(directory), { recursive: true, mode: 0o755 })
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if (owner) await chown(directory, owner.uid, owner.gid)
}

/** Makes the database cluster unless it is there; it appears complete or not at all. */
export const initialiseCluster = async (
  directory: string,
  { password, owner, signal }: { password: string; owner: User | undefined; signal?: AbortSignal | undefined },
): Promise<void> => {
  if (existsSync(directory)) {
    await removeStaleLock(directory)
    return assertVersion(directory)
  }
  const unfinished = `${directory}.unfinished`
  const passwordFile = `${directory}.password`
  await rm(unfinished, { recursive: true, force: true })
  await makePrivateDirectory(unfinished, owner)
  await assertReachable(dirname(postgresProgram('initdb')), owner)
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (owner) await chown(passwordFile, owner.uid, owner.gid)
  const options = [
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-sync',
  ]
  const authentication = ['--auth=scram-sha-256', `--username=${superuser}`, `--pwfile=${passwordFile}`]
  try {
    const args = ['--pgdata', unfinished, ...options, ...authentication]
    await runCommand(postgresProgram('initdb'), args, { cwd: dirname(directory), user: owner, signal })
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(unfinished, directory)
}

/**
 * After a power cut PostgreSQL's lock file names a pid that may be somebody else's by now, and then it refuses to start. All
 * of its processes work in their data directory: where none does, the lock is nobody's.
 */
const removeStaleLock = async (directory: string) => {
  if (!isWorkedIn(realpathSync(directory))) await rm(join(directory, 'postmaster.pid'), { force: true })
}

const assertVersion = async (directory: string) => {
  const version = (await readFile(join(directory, 'PG_VERSION'), 'utf8')).trim()
  if (version === majorVersion) return
  throw new PlatformError(`The data in ${directory} is PostgreSQL ${version}'s; this Neotool runs ${majorVersion}.`, {
    advice: 'Dump it with the Neotool that made it, or delete it: ./neotool down --volumes',
  })
}

/** PostgreSQL's arguments: settings on the command line are seen at a glance and change together with the code. */
export const postgresArguments = (directory: string, settings: Readonly<Record<string, string | number>>): string[] => [
  '-D',
  directory,
  ...Object.entries({
    listen_addresses: '127.0.0.1',
    // Nobody needs the socket, and its path would be too long in a deep checkout.
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    shared_preload_libraries: 'pg_stat_statements',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
]

/** Runs a piece of work on one connection. */
export const withClient = async <Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'neotool' })
  // Without a listener, a connection that ends while idle would end this process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await work(client)
  } finally {
    await client.end()
  }
}

/** What a statement answered, each value as the text that PostgreSQL wrote. */
export type QueryAnswer = {
  readonly command: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly rowCount: number | null
}

/** Runs statements that are separated by semicolons, in one transaction unless they make transactions themselves. */
export const runStatements = (url: string, sql: string): Promise<QueryAnswer[]> =>
  withClient(url, async (client) => {
    const asText = { getTypeParser: () => (value: string) => value }
    // With several statements pg answers several results, which its types do not tell.
    const answer: unknown = await client.query({ text: sql, rowMode: 'array', types: asText })
    const results = (Array.isArray(answer) ? answer : [answer]) as pg.QueryArrayResult<(string | null)[]>[]
    return results.map(({ command, fields, rows, rowCount }) => ({
      command,
      columns: fields.map(({ name }) => name),
      rows,
      rowCount,
    }))
  })

/** Resolves when the server behind the address answers a query. */
export const probePostgres = (url: string): Promise<void> =>
  withClient(url, async (client) => void (await client.query('SELECT 1')))

/** Makes the role, or gives it this password when it is there. */
export const ensureRole = async (
  client: pg.Client,
  { role, password, attributes = '' }: { role: string; password: string; attributes?: string },
): Promise<void> => {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role])
  const name = pg.escapeIdentifier(role)
  await client.query(
    `${rowCount ? 'ALTER' : 'CREATE'} ROLE ${name} LOGIN ${attributes} PASSWORD ${pg.escapeLiteral(password)}`,
  )
}

/** Makes the database for its owner alone, unless it is there. */
export const ensureDatabase = async (
  client: pg.Client,
  { database, owner }: { database: string; owner: string },
): Promise<void> => {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
  const name = pg.escapeIdentifier(database)
  if (!rowCount) await client.query(`CREATE DATABASE ${name} OWNER ${pg.escapeIdentifier(owner)} ${locale}`)
  await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`)
}
