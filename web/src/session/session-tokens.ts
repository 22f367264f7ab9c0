export type SessionTokens = {
  readonly accessToken: string
  readonly accessTokenExpiresAt: string
  readonly refreshToken: string
  readonly refreshTokenExpiresAt: string
}

export type SessionCookie = {
  readonly name: string
  readonly value: string
  readonly httpOnly: true
  readonly sameSite: 'lax'
  readonly secure: boolean
  readonly path: '/'
} & ({ readonly maxAge: number } | { readonly expires: Date })

type CookieSettings = { readonly cookiePrefix: string; readonly secureCookies: boolean }

/** The names of the two cookies; the prefix keeps environments on one host apart, as cookies know no ports. */
export const sessionCookieNames = ({ cookiePrefix }: Pick<CookieSettings, 'cookiePrefix'>) => ({
  access: `${cookiePrefix}_access`,
  refresh: `${cookiePrefix}_refresh`,
})

// Time for a request that is on its way, and for clocks that differ a little.
const MARGIN_SECONDS = 30

/**
 * The cookies of a session. The browser drops the access token shortly before it expires, so a request that brings the
 * refresh token alone is one whose session must be refreshed: nobody has to read the token to know.
 */
export const sessionCookies = (tokens: SessionTokens, settings: CookieSettings, now: number): SessionCookie[] => {
  const names = sessionCookieNames(settings)
  const accessSeconds = secondsUntil(tokens.accessTokenExpiresAt, now)
  const margin = Math.min(MARGIN_SECONDS, Math.ceil(accessSeconds / 4))
  return [
    cookie(names.access, tokens.accessToken, accessSeconds - margin, settings),
    cookie(names.refresh, tokens.refreshToken, secondsUntil(tokens.refreshTokenExpiresAt, now), settings),
  ]
}

/** The same cookies, such that the browser deletes them. */
export const endedSessionCookies = (settings: CookieSettings): SessionCookie[] =>
  Object.values(sessionCookieNames(settings)).map((name) => ({
    ...base(name, '', settings),
    // Not Max-Age=0: when a page redirects, Next writes the cookies of proxy.ts once more and loses a zero.
    expires: new Date(0),
  }))

const cookie = (name: string, value: string, maxAge: number, settings: CookieSettings): SessionCookie => ({
  ...base(name, value, settings),
  maxAge: Math.max(1, maxAge),
})

const base = (name: string, value: string, { secureCookies }: CookieSettings) =>
  ({ name, value, httpOnly: true, sameSite: 'lax', secure: secureCookies, path: '/' }) as const

const secondsUntil = (instant: string, now: number): number => Math.floor((Date.parse(instant) - now) / 1000)
