import { randomUUID } from 'node:crypto'
import { Secret } from '@neotool/kit/config'
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Set by global-setup.ts: base addresses with role and password, without a database. */
    readonly databaseServers: { readonly directUrl: string; readonly pooledUrl: string }
  }
}

export type TestDatabase = AsyncDisposable & {
  /** Through PgBouncer in transaction mode, as a service has it. */
  readonly url: Secret
  /** Straight to PostgreSQL. */
  readonly directUrl: Secret
}

/** The database that a service's tests are cloned from; global-setup.ts migrates it once. */
export const templateOf = (service: string): string => `template_${service}`

/** A fresh database with the service's schema, cloned from its migrated template in a fraction of a second. */
export const createTestDatabase = async (service: string): Promise<TestDatabase> => {
  const { directUrl, pooledUrl } = inject('databaseServers')
  const name = `test_${service}_${randomUUID().replaceAll('-', '')}`
  await runSql(directUrl, `create database ${name} template ${templateOf(service)}`)
  return {
    url: new Secret(`${pooledUrl}/${name}`),
    directUrl: new Secret(`${directUrl}/${name}`),
    [Symbol.asyncDispose]: () => runSql(directUrl, `drop database ${name} with (force)`),
  }
}

/** Runs one statement as the owner of the test databases. */
export const runSql = async (directUrl: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: `${directUrl}/postgres` })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
