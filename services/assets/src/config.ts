import { loadSettings, secret, serviceSettings } from '@neotool/kit/config'
import { z } from 'zod'

const origin = z.url().refine((url) => new URL(url).pathname === '/', 'must have no path: the bucket follows it')

const s3Settings = {
  S3_ENDPOINT: origin,
  S3_PUBLIC_ENDPOINT: origin,
  S3_REGION: z.string().min(1),
  S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/, 'must be 3 to 63 of a–z, 0–9 and hyphen'),
  S3_ACCESS_KEY_ID: z.string().min(1),
  S3_SECRET_ACCESS_KEY: secret,
} as const

/** The settings of the assets service, from variables that start with `ASSETS_`; throws a ConfigError with all faults. */
export const loadConfig = (env: NodeJS.ProcessEnv) => {
  const settings = loadSettings(env, 'ASSETS', {
    ...serviceSettings,
    JWKS_URL: z.url(),
    ...s3Settings,
  })
  return {
    http: { host: settings.HTTP_HOST, port: settings.HTTP_PORT },
    drainMs: settings.DRAIN_SECONDS * 1_000,
    log: { service: 'assets', level: settings.LOG_LEVEL },
    postgres: { url: settings.POSTGRES_URL, directUrl: settings.POSTGRES_DIRECT_URL },
    kafka: { brokers: settings.KAFKA_BROKERS, clientId: 'neotool-assets' },
    tokens: { issuer: settings.TOKEN_ISSUER, audience: settings.TOKEN_AUDIENCE, jwksUrl: settings.JWKS_URL },
    s3: toS3(settings),
    isIntrospectionOn: settings.INTROSPECTION,
    verifiedEmailMutations: settings.VERIFIED_EMAIL_MUTATIONS,
  }
}

export type Config = ReturnType<typeof loadConfig>

/** The settings of the object storage alone, all that its Job has; throws a ConfigError with all faults. */
export const loadS3Config = (env: NodeJS.ProcessEnv) => {
  const own = Object.entries(env).filter(([name]) => name.startsWith('ASSETS_S3_'))
  return toS3(loadSettings(Object.fromEntries(own), 'ASSETS', s3Settings))
}

const toS3 = (settings: z.output<z.ZodObject<typeof s3Settings>>) => ({
  /** Where this service reaches the storage. */
  endpoint: settings.S3_ENDPOINT,
  /** Where browsers reach it: an address that was signed for a name inside a cluster would be useless to them. */
  publicEndpoint: settings.S3_PUBLIC_ENDPOINT,
  region: settings.S3_REGION,
  bucket: settings.S3_BUCKET,
  accessKeyId: settings.S3_ACCESS_KEY_ID,
  secretAccessKey: settings.S3_SECRET_ACCESS_KEY,
})
