import { z } from 'zod'
import { type IdentityProvider, identityProviders } from './identity-providers.ts'

const origin = z.url({ protocol: /^https?$/ }).transform((value, context) => {
  const url = new URL(value)
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    context.addIssue(`"${value}" must be an origin such as http://localhost:3000, without a path`)
    return z.NEVER
  }
  return url.origin
})

const environment = z.object({
  WEB_GATEWAY_URL: z.url({ protocol: /^https?$/ }),
  WEB_ORIGIN: origin,
  WEB_STORAGE_ORIGIN: origin,
  WEB_IDENTITY_PROVIDERS: identityProviders.default([]),
  WEB_COOKIE_PREFIX: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, 'use 1 to 32 of a–z, 0–9, dash and underscore'),
  // Only a development environment on loopback may say false: plain http would otherwise lose every session.
  WEB_SECURE_COOKIES: z.enum(['true', 'false']).default('true'),
})

export type Config = {
  readonly gatewayUrl: string
  readonly gatewayLiveUrl: string
  readonly origin: string
  /** Where browsers send files to and read them from. */
  readonly storageOrigin: string
  /** Where people may have an account to sign in with. */
  readonly identityProviders: readonly IdentityProvider[]
  readonly cookiePrefix: string
  readonly secureCookies: boolean
}

/** Parses the variables with the prefix WEB_; throws one error that lists every fault. */
export const parseConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('WEB_')))
  const result = environment.strict().safeParse(own)
  if (!result.success) {
    const faults = result.error.issues.map((issue) => {
      if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: no such setting`
      const name = issue.path.join('.')
      if (name === 'WEB_IDENTITY_PROVIDERS') return `${name}: ${issue.message}`
      return own[name] === undefined ? `${name}: is missing` : `${name}: ${issue.message} (it is "${own[name]}")`
    })
    throw new Error(`The configuration of the web app is not usable:\n  ${faults.join('\n  ')}\nSee web/README.md.`)
  }
  const { WEB_GATEWAY_URL, WEB_ORIGIN, WEB_STORAGE_ORIGIN, WEB_COOKIE_PREFIX, WEB_SECURE_COOKIES } = result.data
  return {
    gatewayUrl: WEB_GATEWAY_URL,
    gatewayLiveUrl: new URL('/health/live', WEB_GATEWAY_URL).href,
    origin: WEB_ORIGIN,
    storageOrigin: WEB_STORAGE_ORIGIN,
    identityProviders: result.data.WEB_IDENTITY_PROVIDERS,
    cookiePrefix: WEB_COOKIE_PREFIX,
    secureCookies: WEB_SECURE_COOKIES === 'true',
  }
}

let parsed: Config | undefined

/** The process's configuration, read at the first call and not when a module is loaded: a build has no environment. */
export const config = (): Config => {
  parsed ??= parseConfig(process.env)
  return parsed
}
