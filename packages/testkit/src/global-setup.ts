import { fileURLToPath } from 'node:url'
import { Secret } from '@neotool/kit/config'
import { migrate } from '@neotool/kit/migrate'
import { startDatabaseServers } from '@neotool/platform/test-servers'
import type { TestProject } from 'vitest/node'
import { runSql, templateOf } from './database.ts'

const SERVICES = ['app', 'security'] as const

/** Starts PostgreSQL and PgBouncer for one run of the tests and migrates a template database for each service. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const servers = await startDatabaseServers()
  const { directUrl, pooledUrl } = servers
  try {
    await Promise.all(SERVICES.map((service) => createTemplate(directUrl, service)))
  } catch (error) {
    await servers.stop()
    throw error
  }
  project.provide('databaseServers', { directUrl, pooledUrl })
  return () => servers.stop()
}

const createTemplate = async (directUrl: string, service: string): Promise<void> => {
  const folder = fileURLToPath(new URL(`../../../services/${service}/migrations`, import.meta.url))
  const template = templateOf(service)
  const collation = `encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' template template0`
  await runSql(directUrl, `create database ${template} ${collation}`)
  await migrate({ url: new Secret(`${directUrl}/${template}`), folder })
}
