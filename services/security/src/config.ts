import { key256, loadSettings, networks, secret, serviceSettings } from '@neotool/kit/config'
import { z } from 'zod'
import { identityProviders } from './identity-provider.ts'
import { keySettings, keysIn } from './key-settings.ts'

const smtpUrl = z
  .string()
  .regex(/^smtps?:\/\/[^/]+/, 'must look like smtp://host:port or smtps://user:password@host')
  .pipe(secret)

/** The settings of the security service, from variables that start with `SECURITY_`; throws a ConfigError with all faults. */
export const loadConfig = (env: NodeJS.ProcessEnv) => {
  const settings = loadSettings(env, 'SECURITY', {
    ...serviceSettings,
    ...keySettings,
    REFRESH_TOKEN_KEY: key256,
    PERSONAL_DATA_KEY: key256,
    DATA_KEY: key256,
    SMTP_URL: smtpUrl,
    MAIL_FROM: z.string().min(1),
    WEB_URL: z.url(),
    IDENTITY_PROVIDERS: identityProviders.default([]),
    TRUSTED_PROXIES: networks.default([]),
    UNLIMITED_NETWORKS: networks.default([]),
  })
  return {
    http: { host: settings.HTTP_HOST, port: settings.HTTP_PORT },
    drainMs: settings.DRAIN_SECONDS * 1_000,
    log: { service: 'security', level: settings.LOG_LEVEL },
    postgres: { url: settings.POSTGRES_URL, directUrl: settings.POSTGRES_DIRECT_URL },
    kafka: { brokers: settings.KAFKA_BROKERS, clientId: 'neotool-security' },
    tokens: { issuer: settings.TOKEN_ISSUER, audience: settings.TOKEN_AUDIENCE },
    keys: keysIn(settings),
    refreshTokenKey: settings.REFRESH_TOKEN_KEY,
    personalDataKey: settings.PERSONAL_DATA_KEY,
    dataKey: settings.DATA_KEY,
    mail: { url: settings.SMTP_URL, from: settings.MAIL_FROM },
    identityProviders: settings.IDENTITY_PROVIDERS,
    webUrl: settings.WEB_URL,
    trustedProxies: settings.TRUSTED_PROXIES,
    unlimitedNetworks: settings.UNLIMITED_NETWORKS,
    isIntrospectionOn: settings.INTROSPECTION,
    verifiedEmailMutations: settings.VERIFIED_EMAIL_MUTATIONS,
  }
}

export type Config = ReturnType<typeof loadConfig>
