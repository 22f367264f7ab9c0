/* A MinIO for tests, with the settings of an environment's. It ends with the process that started it, even when that one is killed. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { minioBinaries } from './binaries/minio.ts'
import { fetchBinaries } from './cache.ts'
import { PlatformError } from './failure.ts'
import { lastLines } from './log-tail.ts'
import { type MinioCredentials, minioProgramFor, minioRegion, probeMinio } from './minio-server.ts'
import { waitUntilReady } from './probe.ts'
import { isAlive, stopProcess } from './processes.ts'
import { portForTest } from './test-ports.ts'
import { startChild } from './test-servers.ts'

export type MinioServer = AsyncDisposable & {
  readonly endpoint: string
  readonly region: string
  readonly credentials: MinioCredentials
  stop(): Promise<void>
}

/** Starts a MinIO of one's own, without buckets; builds it when it is missing, which takes minutes. `stop` deletes its data. */
export const startMinioServer = async (): Promise<MinioServer> => {
  await fetchBinaries(minioBinaries, () => {})
  const directory = await mkdtemp(join(tmpdir(), 'neotool-test-minio-'))
  const port = await portForTest()
  const credentials = { accessKeyId: 'test', secretAccessKey: randomBytes(18).toString('base64url') }
  const corsOrigin = 'http://localhost:3000'
  const { command, args, env } = minioProgramFor({ directory: join(directory, 'data'), port, credentials, corsOrigin })
  const logFile = join(directory, 'minio.log')
  const server = startChild(command, args, { directory, logFile, owner: undefined, stopSignal: 'SIGTERM', env })
  const stop = async () => {
    await stopProcess(server.identity, { stopSignal: server.stopSignal, graceMs: 10_000 })
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await waitUntilReady(
      'MinIO',
      async () => {
        if (isAlive(server.identity)) return probeMinio(port)
        throw new PlatformError('MinIO ended while it started.', { logLines: lastLines(logFile, 15) })
      },
      { withinMs: 120_000 },
    )
  } catch (error) {
    await stop()
    throw error
  }
  return { endpoint: `http://127.0.0.1:${port}`, region: minioRegion, credentials, stop, [Symbol.asyncDispose]: stop }
}
