/*
 * PostgreSQL and PgBouncer for tests: the same programs and the same pooling as in an environment, but thrown away and
 * therefore without fsync. They end with the process that started them, even when that one is killed.
 */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, openSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pgbouncerBinaries, pgbouncerProgram } from './binaries/pgbouncer.ts'
import { postgresBinaries, postgresProgram } from './binaries/postgres.ts'
import { fetchBinaries } from './cache.ts'
import { ensureDataOwner, isRoot, type User } from './data-owner.ts'
import { PlatformError } from './failure.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'
import { writePgbouncerConfiguration } from './pgbouncer-server.ts'
import {
  ensureRole,
  initialiseCluster,
  makePrivateDirectory,
  postgresArguments,
  postgresUrl,
  probePostgres,
  superuser,
  withClient,
} from './postgres-server.ts'
import { waitUntilReady } from './probe.ts'
import { identify, identitySchema, isAlive, type ProcessIdentity, stopProcess } from './processes.ts'
import { portForTest } from './test-ports.ts'

export type DatabaseServers = AsyncDisposable & {
  /** Straight to PostgreSQL, without a database: append `/name`. The role may create databases and owns what it creates. */
  readonly directUrl: string
  /** Through PgBouncer in transaction mode, to any database: append `/name`. */
  readonly pooledUrl: string
  stop(): Promise<void>
}

const testRole = 'neotool_test'

const throwawaySettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: 200,
  shared_buffers: '64MB',
  // The databases live for seconds, and one in which a worker is busy cannot be dropped by their owner.
  autovacuum: 'off',
}

export type Server = { identity: ProcessIdentity; logFile: string; stopSignal: NodeJS.Signals }

/** Starts a program that gets its stop signal when this process ends in any way (`setpriv --pdeathsig`). */
export const startChild = (
  command: string,
  args: readonly string[],
  at: {
    directory: string
    logFile: string
    owner: User | undefined
    stopSignal: NodeJS.Signals
    env?: Record<string, string>
  },
): Server => {
  const user = at.owner ? [`--reuid=${at.owner.uid}`, `--regid=${at.owner.gid}`, '--clear-groups'] : []
  const log = openSync(at.logFile, 'a')
  const child = spawn('setpriv', [...user, '--pdeathsig', at.stopSignal.replace('SIG', ''), command, ...args], {
    cwd: at.directory,
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...at.env },
  })
  child.unref()
  child.on('error', () => {})
  const identity = child.pid === undefined ? undefined : identify(child.pid)
  if (!identity)
    throw new PlatformError(`${command} did not start. See ${at.logFile}`, {
      advice: 'setpriv (util-linux) is needed.',
    })
  return { identity, logFile: at.logFile, stopSignal: at.stopSignal }
}

const waitForServer = (name: string, server: Server, url: string) =>
  waitUntilReady(
    name,
    async () => {
      if (isAlive(server.identity)) return probePostgres(url)
      const logLines = (await readFile(server.logFile, 'utf8')).trimEnd().split('\n').slice(-15)
      throw new PlatformError(`${name} ended while it started.`, { logLines })
    },
    { withinMs: 120_000 },
  )

const directoryPrefix = 'neotool-test-'
const ownerFile = 'started-by.json'

/** Removes the data of test runs that were killed; their servers ended with them. */
const removeAbandoned = async (parent: string) => {
  for (const name of (await readdir(parent)).filter((each) => each.startsWith(directoryPrefix))) {
    const directory = join(parent, name)
    const starter = readJsonFile(join(directory, ownerFile), identitySchema)
    if (starter && !isAlive(starter)) await rm(directory, { recursive: true, force: true })
  }
}

/** Starts a PostgreSQL and a PgBouncer of one's own; fetches the binaries when they are missing. `stop` deletes their data. */
export const startDatabaseServers = async (options: { directory?: string } = {}): Promise<DatabaseServers> => {
  const bouncer = await pgbouncerBinaries()
  await Promise.all([postgresBinaries, bouncer].map((binaries) => binaries && fetchBinaries(binaries, () => {})))
  const owner = await ensureDataOwner()
  const parent = options.directory ?? (isRoot() ? '/var/lib/neotool' : tmpdir())
  mkdirSync(parent, { recursive: true, mode: 0o755 })
  await removeAbandoned(parent)
  const directory = await mkdtemp(join(parent, directoryPrefix))
  writeJsonFile(join(directory, ownerFile), identify(process.pid))
  await makePrivateDirectory(directory, owner)
  const passwords = { superuser: randomBytes(18).toString('base64url'), role: randomBytes(18).toString('base64url') }
  const servers: Server[] = []
  const stop = async () => {
    for (const { identity, stopSignal } of servers.splice(0).reverse())
      await stopProcess(identity, { stopSignal, graceMs: 10_000 })
    await rm(directory, { recursive: true, force: true })
  }
  try {
    const data = join(directory, 'data')
    await initialiseCluster(data, { password: passwords.superuser, owner })
    const postgresPort = await portForTest()
    const settings = { ...throwawaySettings, port: postgresPort }
    const postgres = startChild(postgresProgram('postgres'), postgresArguments(data, settings), {
      directory,
      logFile: join(directory, 'postgres.log'),
      owner,
      stopSignal: 'SIGINT',
    })
    servers.push(postgres)
    const adminUrl = postgresUrl({
      role: superuser,
      password: passwords.superuser,
      port: postgresPort,
      database: 'postgres',
    })
    await waitForServer('PostgreSQL', postgres, adminUrl)
    await withClient(adminUrl, (client) =>
      ensureRole(client, { role: testRole, password: passwords.role, attributes: 'CREATEDB' }),
    )

    const port = await portForTest()
    const configuration = { port, postgresPort, databases: { '*': 20 }, roles: { [testRole]: passwords.role } }
    const ini = await writePgbouncerConfiguration(join(directory, 'pgbouncer'), configuration, owner)
    const { command, env } = await pgbouncerProgram()
    const pgbouncer = startChild(command, [ini], {
      directory,
      logFile: join(directory, 'pgbouncer.log'),
      owner,
      stopSignal: 'SIGTERM',
      env,
    })
    servers.push(pgbouncer)
    const at = { role: testRole, password: passwords.role }
    await waitForServer('PgBouncer', pgbouncer, postgresUrl({ ...at, port, database: 'postgres' }))
    return {
      directUrl: postgresUrl({ ...at, port: postgresPort, database: '' }).replace(/\/$/, ''),
      pooledUrl: postgresUrl({ ...at, port, database: '' }).replace(/\/$/, ''),
      stop,
      [Symbol.asyncDispose]: stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
