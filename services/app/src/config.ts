import { key256, loadSettings, serviceSettings } from '@neotool/kit/config'
import { z } from 'zod'

/** The settings of the app service, from variables that start with `APP_`; throws a ConfigError with all faults. */
export const loadConfig = (env: NodeJS.ProcessEnv) => {
  const settings = loadSettings(env, 'APP', { ...serviceSettings, JWKS_URL: z.url(), PERSONAL_DATA_KEY: key256 })
  return {
    http: { host: settings.HTTP_HOST, port: settings.HTTP_PORT },
    drainMs: settings.DRAIN_SECONDS * 1_000,
    log: { service: 'app', level: settings.LOG_LEVEL },
    postgres: { url: settings.POSTGRES_URL, directUrl: settings.POSTGRES_DIRECT_URL },
    kafka: { brokers: settings.KAFKA_BROKERS, clientId: 'neotool-app' },
    tokens: { issuer: settings.TOKEN_ISSUER, audience: settings.TOKEN_AUDIENCE, jwksUrl: settings.JWKS_URL },
    personalDataKey: settings.PERSONAL_DATA_KEY,
    isIntrospectionOn: settings.INTROSPECTION,
    verifiedEmailMutations: settings.VERIFIED_EMAIL_MUTATIONS,
  }
}

export type Config = ReturnType<typeof loadConfig>
