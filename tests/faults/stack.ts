/*
 * What the tests of faults run on: throwaway servers, and real processes of app and security over them, which a test
 * kills, pauses and starts again. Everything ends with the process that started it.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KafkaServer, startKafkaServer } from '@neotool/platform/test-kafka'
import { startDatabaseServers } from '@neotool/platform/test-servers'
import { runOperation, type ServiceProcess, startService } from '@neotool/testkit/service-process'
import pg from 'pg'

type ServiceName = 'app' | 'security'
type Row = Readonly<Record<string, unknown>>

export type Stack = AsyncDisposable & {
  readonly kafka: KafkaServer
  readonly security: ServiceProcess
  /** Starts one more replica of app; it listens when this returns, and may not be ready yet. */
  startApp(): Promise<ServiceProcess>
  /** Looks into app's database, or breaks something there. */
  sql<Found extends Row = Row>(text: string, values?: readonly unknown[]): Promise<readonly Found[]>
  /** Keeps whoever wants to change or read the table waiting until it is released. */
  hold(table: 'activity' | 'products'): Promise<AsyncDisposable & { release(): Promise<void> }>
}

/** Starts the servers, with topics and migrated databases, and security; app is for the test to start. */
export const startStack = async (): Promise<Stack> => {
  const cleanup = new AsyncDisposableStack()
  try {
    return await start(cleanup)
  } catch (error) {
    await cleanup.disposeAsync()
    throw error
  }
}

const start = async (cleanup: AsyncDisposableStack): Promise<Stack> => {
  const folder = await mkdtemp(join(tmpdir(), 'neotool-faults-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  const [servers, kafka] = await Promise.all([startDatabaseServers(), startKafkaServer()])
  cleanup.use(servers)
  cleanup.use(kafka)

  const key = randomBytes(32).toString('base64')
  const settingsOf = (service: ServiceName): Record<string, string> => {
    const own: Readonly<Record<ServiceName, Record<string, string>>> = {
      // Operations get it too, before security has an address.
      app: {
        JWKS_URL: `${security?.url ?? 'http://127.0.0.1:4002'}/.well-known/jwks.json`,
        PERSONAL_DATA_KEY: key,
      },
      security: {
        KEYSTORE_FILE: join(folder, 'keystore.json'),
        KEYSTORE_MASTER_KEY_FILE: join(folder, 'master.key'),
        REFRESH_TOKEN_KEY: key,
        PERSONAL_DATA_KEY: key,
        DATA_KEY: key,
        // Nobody listens: what it would mail is parked.
        SMTP_URL: 'smtp://127.0.0.1:9',
        MAIL_FROM: 'Neotool <no-reply@neotool.example>',
        WEB_URL: 'http://localhost:3000',
      },
    }
    const settings = {
      HTTP_PORT: '0',
      POSTGRES_URL: `${servers.pooledUrl}/neotool_${service}`,
      POSTGRES_DIRECT_URL: `${servers.directUrl}/neotool_${service}`,
      KAFKA_BROKERS: kafka.bootstrapServers,
      TOKEN_ISSUER: 'https://security.test',
      TOKEN_AUDIENCE: 'neotool-test',
      ...own[service],
    }
    return Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`${service.toUpperCase()}_${name}`, value]),
    )
  }
  const startProcess = async (service: ServiceName) => {
    const started = await startService(service, settingsOf(service))
    cleanup.defer(async () => void (await started.end('SIGKILL')))
    return started
  }
  const connect = async (database: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: `${servers.directUrl}/${database}` })
    await client.connect()
    return client
  }

  let security: ServiceProcess | undefined
  const maintenance = await connect('postgres')
  for (const service of ['app', 'security'] as const) await maintenance.query(`create database neotool_${service}`)
  await maintenance.end()
  await Promise.all([
    runOperation('packages/kit/src/ops/create-topics.ts', { KAFKA_BOOTSTRAP_SERVERS: kafka.bootstrapServers }),
    runOperation('services/app/src/ops/migrate.ts', settingsOf('app')),
    runOperation('services/security/src/ops/migrate.ts', settingsOf('security')),
  ])
  security = await startProcess('security')
  const database = await connect('neotool_app')
  // Tests hold tables for longer than anybody should wait for one.
  await database.query(`alter database neotool_app set lock_timeout = '120s'`)
  await database.query(`alter database neotool_app set statement_timeout = '120s'`)
  cleanup.defer(() => database.end())

  return {
    kafka,
    security,
    startApp: () => startProcess('app'),
    sql: async <Found extends Row>(text: string, values: readonly unknown[] = []) =>
      (await database.query<Found>(text, [...values])).rows,
    hold: async (table) => {
      const holder = await connect('neotool_app')
      await holder.query(`begin; lock table ${table} in access exclusive mode`)
      // Ending the connection ends its transaction; a test that fails before that must not hold up the others.
      const release = () => holder.end()
      return { release, [Symbol.asyncDispose]: release }
    },
    [Symbol.asyncDispose]: () => cleanup.disposeAsync(),
  }
}
