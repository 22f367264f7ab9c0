import 'server-only'
import { cookies } from 'next/headers'
import { config } from '#config.ts'
import { endedSessionCookies, type SessionTokens, sessionCookieNames, sessionCookies } from './session-tokens.ts'

export type StoredSession = { readonly accessToken: string | undefined; readonly refreshToken: string | undefined }

/** What this request brought of its session, as proxy.ts left it: without an access token, refreshing was not possible. */
export const readSession = async (): Promise<StoredSession> => {
  const names = sessionCookieNames(config())
  const jar = await cookies()
  return {
    accessToken: jar.get(names.access)?.value || undefined,
    refreshToken: jar.get(names.refresh)?.value || undefined,
  }
}

/** Keeps the session in the browser's cookies. In actions and route handlers only: a page's headers are already sent. */
export const storeSession = async (tokens: SessionTokens): Promise<void> => {
  const jar = await cookies()
  for (const cookie of sessionCookies(tokens, config(), Date.now())) jar.set(cookie)
}

/** Deletes the session's cookies. In actions and route handlers only. */
export const clearSession = async (): Promise<void> => {
  const jar = await cookies()
  for (const cookie of endedSessionCookies(config())) jar.set(cookie)
}
