import { flag, loadSettings, serviceSettings } from '@neotool/kit/config'
import { z } from 'zod'

const origins = z
  .string()
  .transform((text) => text.split(',').flatMap((origin) => origin.trim() || []))
  .refine((list) => list.every(isOrigin), 'must be origins with commas between them, for example http://localhost:3000')

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text

/** The settings of the gateway, from variables that start with `GATEWAY_`; throws a ConfigError with all faults. */
export const loadConfig = (env: NodeJS.ProcessEnv) => {
  const settings = loadSettings(env, 'GATEWAY', {
    HTTP_HOST: serviceSettings.HTTP_HOST,
    HTTP_PORT: serviceSettings.HTTP_PORT,
    LOG_LEVEL: serviceSettings.LOG_LEVEL,
    INTROSPECTION: flag.default(false),
    DRAIN_SECONDS: serviceSettings.DRAIN_SECONDS,
    SUPERGRAPH_FILE: z.string().min(1),
    CORS_ORIGINS: origins.default([]),
    APP_URL: z.url().optional(),
    SECURITY_URL: z.url().optional(),
    ASSISTANT_URL: z.url().optional(),
    ASSETS_URL: z.url().optional(),
  })
  return {
    http: { host: settings.HTTP_HOST, port: settings.HTTP_PORT },
    drainMs: settings.DRAIN_SECONDS * 1_000,
    log: { service: 'gateway', level: settings.LOG_LEVEL },
    supergraphFile: settings.SUPERGRAPH_FILE,
    /** Where a subgraph is, unless it is where the supergraph says. */
    subgraphUrls: {
      app: settings.APP_URL,
      security: settings.SECURITY_URL,
      assistant: settings.ASSISTANT_URL,
      assets: settings.ASSETS_URL,
    },
    corsOrigins: settings.CORS_ORIGINS,
    isIntrospectionOn: settings.INTROSPECTION,
  }
}

export type Config = ReturnType<typeof loadConfig>
