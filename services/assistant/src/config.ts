import { loadSettings, serviceSettings } from '@neotool/kit/config'
import { z } from 'zod'

/** The settings of the assistant service, from variables that start with `ASSISTANT_`; throws a ConfigError with all faults. */
export const loadConfig = (env: NodeJS.ProcessEnv) => {
  const settings = loadSettings(env, 'ASSISTANT', { ...serviceSettings, JWKS_URL: z.url(), GATEWAY_URL: z.url() })
  return {
    http: { host: settings.HTTP_HOST, port: settings.HTTP_PORT },
    drainMs: settings.DRAIN_SECONDS * 1_000,
    log: { service: 'assistant', level: settings.LOG_LEVEL },
    postgres: { url: settings.POSTGRES_URL, directUrl: settings.POSTGRES_DIRECT_URL },
    kafka: { brokers: settings.KAFKA_BROKERS, clientId: 'neotool-assistant' },
    tokens: { issuer: settings.TOKEN_ISSUER, audience: settings.TOKEN_AUDIENCE, jwksUrl: settings.JWKS_URL },
    gatewayUrl: settings.GATEWAY_URL,
    isIntrospectionOn: settings.INTROSPECTION,
    verifiedEmailMutations: settings.VERIFIED_EMAIL_MUTATIONS,
  }
}

export type Config = ReturnType<typeof loadConfig>
