import { join } from 'node:path'
import { pgbouncerBinaries, pgbouncerProgram } from '../binaries/pgbouncer.ts'
import { type Component, portOf } from '../component.ts'
import { ensureDataOwner } from '../data-owner.ts'
import type { Environment } from '../environment.ts'
import { pgbouncerIni, writePgbouncerConfiguration } from '../pgbouncer-server.ts'
import { postgresUrl, probePostgres } from '../postgres-server.ts'
import { fetching } from './fetching.ts'
import type { Database, PostgresComponent } from './postgres.ts'

export type PgbouncerComponent = Component & { pooledUrl(environment: Environment, of: Database): string }

// Two services of 20 leave PostgreSQL's 100 connections room for migrations, listeners and people.
const poolSize = 20

/** PgBouncer in transaction mode before PostgreSQL, one pool per database. */
export const pgbouncerComponent = (needs: {
  postgres: PostgresComponent
  databases: readonly Database[]
}): PgbouncerComponent => {
  const component = { name: 'pgbouncer' }
  const directoryOf = (environment: Environment) => join(environment.dataDirectory, 'pgbouncer')
  const configurationOf = (environment: Environment) => ({
    port: portOf(environment, component),
    postgresPort: portOf(environment, needs.postgres),
    databases: Object.fromEntries(needs.databases.map(({ name }) => [name, poolSize])),
    roles: Object.fromEntries(needs.databases.map(({ name, password }) => [name, password(environment)])),
  })
  const pooledUrl = (environment: Environment, of: Database) =>
    postgresUrl({
      role: of.name,
      password: of.password(environment),
      port: portOf(environment, component),
      database: of.name,
    })
  return {
    ...component,
    port: { from: 16_432 },
    dependsOn: [needs.postgres],
    preparations: [fetching('PgBouncer', pgbouncerBinaries)],
    sources: [],
    readyWithinMs: 60_000,
    url: (environment) => `postgres://127.0.0.1:${portOf(environment, component)}`,
    pooledUrl,
    launch: async (environment) => ({
      ...(await pgbouncerProgram()),
      args: [join(directoryOf(environment), 'pgbouncer.ini')],
      cwd: environment.dataDirectory,
      user: 'data owner',
      // At once; SIGINT would wait for every client to leave.
      stopSignal: 'SIGTERM',
      graceMs: 10_000,
    }),
    settings: (environment) => [pgbouncerIni(configurationOf(environment), ''), configurationOf(environment).roles],
    prepare: async (environment) => {
      await writePgbouncerConfiguration(directoryOf(environment), configurationOf(environment), await ensureDataOwner())
    },
    probe: async (environment) => {
      for (const of of needs.databases) await probePostgres(pooledUrl(environment, of))
    },
  }
}
