import 'server-only'
import { cookies } from 'next/headers'
import { config } from '#config.ts'
import type { IdentityProvider } from '#identity-providers.ts'
import { type Authorization, authorization } from './authorization.ts'

// A person who types a password and a code at the provider.
const LIFETIME_SECONDS = 600

const nameFor = ({ id }: IdentityProvider): string => `${config().cookiePrefix}_oauth_${id}`

/** Keeps what the browser has to bring back; in a route handler only. */
export const storeAuthorization = async (provider: IdentityProvider, begun: Authorization): Promise<void> => {
  const { secureCookies } = config()
  ;(await cookies()).set(nameFor(provider), JSON.stringify(begun), {
    maxAge: LIFETIME_SECONDS,
    httpOnly: true,
    // The way back is a link on another site.
    sameSite: 'lax',
    secure: secureCookies,
    path: '/oauth',
  })
}

/** What was kept, once: whoever comes back a second time has nothing to show. */
export const takeAuthorization = async (provider: IdentityProvider): Promise<Authorization | undefined> => {
  const jar = await cookies()
  const value = jar.get(nameFor(provider))?.value
  jar.set(nameFor(provider), '', { expires: new Date(0), path: '/oauth' })
  try {
    return authorization.safeParse(JSON.parse(value ?? '')).data
  } catch {
    return undefined
  }
}
