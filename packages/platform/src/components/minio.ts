import { join } from 'node:path'
import { minioBinaries } from '../binaries/minio.ts'
import { type Component, httpUrl, portOf } from '../component.ts'
import { ensureDataOwner } from '../data-owner.ts'
import type { Environment } from '../environment.ts'
import { type MinioCredentials, type MinioOptions, minioProgramFor, probeMinio } from '../minio-server.ts'
import { makePrivateDirectory } from '../postgres-server.ts'
import { fetching } from './fetching.ts'
import { type Address, localOrigin } from './gateway.ts'

export type MinioComponent = Component & { credentials(environment: Environment): MinioCredentials }

/** The object storage: MinIO over one directory, open to the web's pages and to whoever has its one key. */
export const minioComponent = ({ webAddress }: { webAddress: Address }): MinioComponent => {
  const component = { name: 'minio' }
  const credentials = ({ secret }: Environment) => ({
    accessKeyId: 'neotool',
    secretAccessKey: secret('minio root password'),
  })
  const optionsOf = (environment: Environment): MinioOptions => ({
    // Beside PostgreSQL's data: what the database tells of and the bytes are kept or lost together.
    directory: join(environment.dataDirectory, 'minio'),
    port: portOf(environment, component),
    credentials: credentials(environment),
    corsOrigin: localOrigin(environment, webAddress),
  })
  return {
    ...component,
    port: { from: 19_000 },
    dependsOn: [],
    preparations: [fetching(minioBinaries.title, async () => minioBinaries)],
    sources: ['packages/platform/binaries/minio'],
    readyWithinMs: 60_000,
    // Not localhost: browsers would send it the cookies of the web.
    url: (environment) => httpUrl(environment, component),
    credentials,
    launch: async (environment) => ({
      ...minioProgramFor(optionsOf(environment)),
      cwd: environment.dataDirectory,
      user: 'person',
      stopSignal: 'SIGTERM',
      graceMs: 15_000,
    }),
    prepare: async (environment) => {
      await makePrivateDirectory(environment.dataDirectory, await ensureDataOwner())
    },
    probe: (environment) => probeMinio(portOf(environment, component)),
  }
}
