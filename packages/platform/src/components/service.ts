import { join } from 'node:path'
import { type Component, httpUrl, portOf } from '../component.ts'
import type { Environment } from '../environment.ts'
import { probeHttp } from '../probe.ts'
import { runCommand } from '../run-command.ts'
import type { KafkaComponent } from './kafka.ts'
import type { PgbouncerComponent } from './pgbouncer.ts'
import type { Database, PostgresComponent } from './postgres.ts'

export type Operation = {
  readonly args?: readonly string[]
  /** What it is told beside the service's settings, and must not be on a command line. */
  readonly env?: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

export type ServiceComponent = Component & {
  /** Its database, straight and as the role that owns it. */
  databaseUrl(environment: Environment): string
  /** Runs `src/ops/<name>.ts` of the service with the service's own settings; answers its standard output. */
  runOperation(environment: Environment, name: string, work: Operation): Promise<string>
}

type ServiceOptions = {
  readonly name: string
  /** In the default environment. */
  readonly port: number
  readonly storage: {
    readonly postgres: PostgresComponent
    readonly pgbouncer: PgbouncerComponent
    readonly database: Database
  }
  readonly kafka: KafkaComponent
  /** Who signs the tokens that it accepts. It is started beside it, and is ready once it has the keys. */
  readonly issuer: Component | 'itself'
  /** Further parts that must be ready first. */
  readonly needs?: readonly Component[]
  /** A crash must not write its memory to a file. */
  readonly hasPrivateKeys?: boolean
  /** Operations that run after the migrations, before each start; they may be repeated. */
  readonly beforeStart?: readonly string[]
  /** What this service needs beyond the settings that all have; written without the prefix. */
  settings?(environment: Environment): Readonly<Record<string, string>>
}

// Each service may grow to this much; V8 would take more before it bothers to collect.
const heapLimitMb = 192

const migrationAdvice =
  'Mend the migration and run ./neotool up again. Until then the database is as the last good migration left it, and what ran before goes on.'

/** One of our services: its database and role, its migrations, its process, its health. */
export const serviceComponent = ({
  name,
  port,
  storage,
  kafka,
  issuer,
  needs = [],
  hasPrivateKeys = false,
  beforeStart = [],
  settings,
}: ServiceOptions): ServiceComponent => {
  const { postgres, pgbouncer, database } = storage
  const component = { name }
  const issuerUrl = (environment: Environment) => httpUrl(environment, issuer === 'itself' ? component : issuer)
  const settingsOf = (environment: Environment): Record<string, string> => {
    const all = {
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(portOf(environment, component)),
      LOG_LEVEL: 'info',
      INTROSPECTION: 'true',
      POSTGRES_URL: pgbouncer.pooledUrl(environment, database),
      POSTGRES_DIRECT_URL: postgres.directUrl(environment, database),
      KAFKA_BROKERS: kafka.bootstrapServers(environment),
      TOKEN_ISSUER: issuerUrl(environment),
      TOKEN_AUDIENCE: 'neotool',
      ...(issuer !== 'itself' && { JWKS_URL: `${issuerUrl(environment)}/.well-known/jwks.json` }),
      ...settings?.(environment),
    }
    return Object.fromEntries(Object.entries(all).map(([key, value]) => [`${name.toUpperCase()}_${key}`, value]))
  }
  const commandOf = (args: readonly string[]): { command: string; args: readonly string[] } =>
    hasPrivateKeys
      ? { command: 'sh', args: ['-c', 'ulimit -c 0; exec "$0" "$@"', process.execPath, ...args] }
      : { command: process.execPath, args }
  const runOperation: ServiceComponent['runOperation'] = (environment, operation, { args = [], env, signal }) => {
    const { PATH = '', HOME = '/' } = process.env
    const { command, args: all } = commandOf([join('services', name, 'src/ops', `${operation}.ts`), ...args])
    return runCommand(command, all, {
      cwd: environment.root,
      env: { PATH, HOME, ...env, ...settingsOf(environment) },
      signal,
      advice:
        operation === 'migrate' ? migrationAdvice : 'Mend the cause and run it again: operations may be repeated.',
    })
  }
  return {
    ...component,
    port: { fixed: port },
    dependsOn: [postgres, pgbouncer, kafka, ...(issuer === 'itself' ? [] : issuer.dependsOn), ...needs],
    preparations: [],
    sources: [`services/${name}`, 'packages/kit', 'contracts', 'package-lock.json'],
    readyWithinMs: 60_000,
    url: (environment) => httpUrl(environment, component),
    launch: async (environment) => ({
      ...commandOf([`--max-old-space-size=${heapLimitMb}`, join('services', name, 'src/main.ts')]),
      cwd: environment.root,
      env: settingsOf(environment),
      user: 'person',
      stopSignal: 'SIGTERM',
      // Services promise to end within 25 s.
      graceMs: 28_000,
    }),
    prepare: async (environment, { progress, signal }) => {
      progress('migrating its database')
      await runOperation(environment, 'migrate', { signal })
      for (const operation of beforeStart) {
        progress(operation)
        await runOperation(environment, operation, { signal })
      }
    },
    probe: (environment) => probeHttp(`${httpUrl(environment, component)}/health/ready`),
    databaseUrl: (environment) => postgres.directUrl(environment, database),
    runOperation,
  }
}
