import { join } from 'node:path'
import { postgresBinaries, postgresProgram } from '../binaries/postgres.ts'
import { type Component, portOf } from '../component.ts'
import { ensureDataOwner } from '../data-owner.ts'
import type { Environment } from '../environment.ts'
import {
  ensureDatabase,
  ensureRole,
  initialiseCluster,
  makePrivateDirectory,
  postgresArguments,
  postgresUrl,
  probePostgres,
  superuser,
  withClient,
} from '../postgres-server.ts'
import { fetching } from './fetching.ts'

/** A database with one role that owns it and may enter no other. */
export type Database = { readonly name: string; password(environment: Environment): string }

export const database = (name: string): Database => ({ name, password: ({ secret }) => secret(`role ${name}`) })

export type PostgresComponent = Component & { directUrl(environment: Environment, of: Database): string }

// For a developer's machine beside everything else; durable, since `down` and `up` keep the data.
const settings = {
  max_connections: 100,
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '512MB',
  max_wal_size: '512MB',
  wal_level: 'replica',
  jit: 'off',
}

/** PostgreSQL 18 from npm's binaries, with a database and a role for each of `databases`. */
export const postgresComponent = ({ databases }: { databases: readonly Database[] }): PostgresComponent => {
  const component = { name: 'postgres' }
  const dataOf = (environment: Environment) => join(environment.dataDirectory, 'postgres')
  const adminUrl = (environment: Environment) =>
    postgresUrl({
      role: superuser,
      password: environment.secret('postgres superuser'),
      port: portOf(environment, component),
      database: 'postgres',
    })
  return {
    ...component,
    port: { from: 15_432 },
    dependsOn: [],
    preparations: [fetching(postgresBinaries.title, async () => postgresBinaries)],
    sources: [],
    // Recovery after a crash may take its time.
    readyWithinMs: 60_000,
    url: (environment) => `postgres://127.0.0.1:${portOf(environment, component)}`,
    directUrl: (environment, of) =>
      postgresUrl({
        role: of.name,
        password: of.password(environment),
        port: portOf(environment, component),
        database: of.name,
      }),
    launch: async (environment) => ({
      command: postgresProgram('postgres'),
      args: postgresArguments(dataOf(environment), { ...settings, port: portOf(environment, component) }),
      cwd: environment.dataDirectory,
      env: {},
      user: 'data owner',
      // Fast shutdown: ends sessions instead of waiting for them.
      stopSignal: 'SIGINT',
      graceMs: 30_000,
    }),
    prepare: async (environment, { progress, signal }) => {
      progress('preparing the data directory')
      const owner = await ensureDataOwner()
      await makePrivateDirectory(environment.dataDirectory, owner)
      await initialiseCluster(dataOf(environment), {
        password: environment.secret('postgres superuser'),
        owner,
        signal,
      })
    },
    probe: (environment) => probePostgres(adminUrl(environment)),
    whenReady: (environment) =>
      withClient(adminUrl(environment), async (client) => {
        await client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements')
        for (const { name, password } of databases) {
          await ensureRole(client, { role: name, password: password(environment) })
          await ensureDatabase(client, { database: name, owner: name })
        }
      }),
  }
}
