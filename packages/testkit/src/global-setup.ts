import { fileURLToPath } from 'node:url'
import { Secret } from '@neotool/kit/config'
import { migrate } from '@neotool/kit/migrate'
import { minioBinaries } from '@neotool/platform/binaries/minio'
import { areFetched } from '@neotool/platform/cache'
import { startMinioServer } from '@neotool/platform/test-minio'
import { startDatabaseServers } from '@neotool/platform/test-servers'
import type { TestProject } from 'vitest/node'
import { runSql, templateOf } from './database.ts'
import { startBroker } from './kafka.ts'

const SERVICES = ['app', 'assets', 'assistant', 'security'] as const

declare module 'vitest' {
  interface ProvidedContext {
    /** host:port of a broker that has all topics, for all tests that need none of their own (kafka.ts). */
    readonly kafkaBroker: string
  }
}

/** Starts all servers that the tests of services need, for one run, and migrates a template database for each service. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const stack = new AsyncDisposableStack()
  try {
    if (!(await areFetched(minioBinaries)))
      process.stderr.write('MinIO is built first, once for this machine: four minutes …\n')
    const [servers, kafka, minio] = await Promise.all([startDatabaseServers(), startBroker(), startMinioServer()])
    stack.use(servers)
    stack.use(kafka)
    stack.use(minio)
    const { directUrl, pooledUrl } = servers
    await Promise.all(SERVICES.map((service) => createTemplate(directUrl, service)))
    project.provide('databaseServers', { directUrl, pooledUrl })
    project.provide('kafkaBroker', kafka.bootstrapServers)
    project.provide('objectStorage', { endpoint: minio.endpoint, region: minio.region, ...minio.credentials })
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
  return () => stack.disposeAsync()
}

const createTemplate = async (directUrl: string, service: string): Promise<void> => {
  const folder = fileURLToPath(new URL(`../../../services/${service}/migrations`, import.meta.url))
  const template = templateOf(service)
  const collation = `encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' template template0`
  await runSql(directUrl, `create database ${template} ${collation}`)
  await migrate({ url: new Secret(`${directUrl}/${template}`), folder })
}
