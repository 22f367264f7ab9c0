import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Built on this machine in three to four minutes. The version is that of the module; it has no releases there. */
export const minio: GoProgram = {
  title: 'MinIO',
  name: 'minio',
  version: '0.0.0-20260212201848-7aac2a2c5b7c',
  module: 'github.com/minio/minio',
  oldestGo: [1, 24, 0],
}

export const minioBinaries = goBinaries(minio)

/** The program, whether or not it has been built yet. */
export const minioProgram = (): string => join(binariesDirectory(minioBinaries), 'minio')
