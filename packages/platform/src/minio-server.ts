/** What an environment's MinIO and the throwaway one of the tests have in common. */
import { minioProgram } from './binaries/minio.ts'
import { probeHttp } from './probe.ts'

export type MinioCredentials = { readonly accessKeyId: string; readonly secretAccessKey: string }

export type MinioOptions = {
  readonly directory: string
  readonly port: number
  readonly credentials: MinioCredentials
  /** The web pages that may send and read objects. */
  readonly corsOrigin: string
}

/** Any region would do, as long as those who sign name the same one. */
export const minioRegion = 'us-east-1'

/** How to start MinIO over a directory; it makes the directory when it is missing. */
export const minioProgramFor = ({
  directory,
  port,
  credentials,
  corsOrigin,
}: MinioOptions): { command: string; args: string[]; env: Record<string, string> } => ({
  command: minioProgram(),
  args: ['server', '--json', '--address', `127.0.0.1:${port}`, '--certs-dir', `${directory}/.minio.certs`, directory],
  env: {
    MINIO_ROOT_USER: credentials.accessKeyId,
    MINIO_ROOT_PASSWORD: credentials.secretAccessKey,
    MINIO_SITE_REGION: minioRegion,
    // It answers 501 to the CORS of a bucket; this is its own setting, for all of them.
    MINIO_API_CORS_ALLOW_ORIGIN: corsOrigin,
    MINIO_BROWSER: 'off',
    MINIO_UPDATE: 'off',
    // Go would let the heap double before it collects; one developer's uploads need no such haste.
    GOMEMLIMIT: '96MiB',
    GOGC: '50',
  },
})

/** Ready when its server answers and has its drive. */
export const probeMinio = (port: number): Promise<void> => probeHttp(`http://127.0.0.1:${port}/minio/health/ready`)
