import { cookies } from 'next/headers'
import type { NextRequest } from 'next/server'
import { config } from '#config.ts'
import { requestCaller } from '#request/request-headers.ts'
import { sessionRefresher } from '#session/refresh-session.ts'
import { returnPath, withReturnPath } from '#session/return-path.ts'
import { clearSession, readSession, storeSession } from '#session/session-store.ts'

// Longer than a page takes, shorter than a person: a second renewal within this time means that renewing does not help.
const GUARD_SECONDS = 5

/**
 * Comes between a page whose access token was refused and that same page again, because a page cannot set cookies.
 * Ends at the sign-in page when the session is over, or when a fresh token was refused as well.
 */
export const GET = async (request: NextRequest): Promise<Response> => {
  const next = returnPath(request.nextUrl.searchParams.get('next'))
  const { refreshToken } = await readSession()
  const jar = await cookies()
  const guard = `${config().cookiePrefix}_renewed`
  if (refreshToken === undefined || jar.has(guard)) return signInAgain(next)

  const refresh = await sessionRefresher().refresh(refreshToken, await requestCaller())
  if (refresh.status === 'refused') return signInAgain(next)
  if (refresh.status === 'renewed') {
    await storeSession(refresh.tokens)
    jar.set(guard, '1', { maxAge: GUARD_SECONDS, httpOnly: true, sameSite: 'lax', path: '/session/renew' })
    return goTo(next)
  }
  // Without its access token the page says that the server cannot be reached, and keeps the session.
  jar.delete(`${config().cookiePrefix}_access`)
  return goTo(next)
}

const signInAgain = async (next: string): Promise<Response> => {
  await clearSession()
  return goTo(withReturnPath('/sign-in', next))
}

// A relative address: behind a proxy or on "localhost", this server does not know the host that the browser sees.
const goTo = (location: string): Response => new Response(null, { status: 303, headers: { location } })
