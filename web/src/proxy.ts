import { type NextRequest, NextResponse } from 'next/server'
import { config as webConfig } from '#config.ts'
import { clientHeaders } from '#request/client-headers.ts'
import { HEADER } from '#request/header-names.ts'
import { findRefusal } from '#request/refusal.ts'
import { securityHeaders } from '#request/security-headers.ts'
import { newSpan } from '#request/trace.ts'
import { sessionRefresher } from '#session/refresh-session.ts'
import { endedSessionCookies, type SessionCookie, sessionCookieNames, sessionCookies } from '#session/session-tokens.ts'

/**
 * Runs before every page, action and route: begins the trace, refuses what no page of ours sends, keeps the session
 * fresh, sets the security headers.
 */
export const proxy = async (request: NextRequest): Promise<NextResponse> => {
  const { traceId, traceparent } = newSpan()
  const { secureCookies, origin, storageOrigin } = webConfig()
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const isDevelopment = process.env.NODE_ENV === 'development'
  const policy: Record<string, string> = {
    ...securityHeaders({ nonce, isSecure: secureCookies, isDevelopment, storageOrigin }),
    'x-trace-id': traceId,
  }

  const refusal = findRefusal(request.method, request.headers, origin)
  if (refusal !== undefined)
    return new NextResponse(`${refusal.message}\n`, { status: refusal.status, headers: policy })

  const changed = await refreshIfNeeded(request, traceId)
  for (const { name, value } of changed) {
    if (value === '') request.cookies.delete(name)
    else request.cookies.set(name, value)
  }

  const headers = new Headers(request.headers)
  headers.set(HEADER.traceparent, traceparent)
  headers.set(HEADER.nonce, nonce)
  headers.set(HEADER.path, `${request.nextUrl.pathname}${request.nextUrl.search}`)
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy['content-security-policy'] ?? '')

  const response = NextResponse.next({ request: { headers } })
  for (const [name, value] of Object.entries(policy)) response.headers.set(name, value)
  for (const cookie of changed) response.cookies.set(cookie)
  return response
}

/** The cookies to change for this request and its answer; none while the access token lasts or security is down. */
const refreshIfNeeded = async ({ cookies, headers }: NextRequest, traceId: string): Promise<SessionCookie[]> => {
  const settings = webConfig()
  const names = sessionCookieNames(settings)
  const refreshToken = cookies.get(names.refresh)?.value
  if (!refreshToken || cookies.get(names.access)?.value) return []
  const refresh = await sessionRefresher().refresh(refreshToken, { traceId, client: clientHeaders(headers) })
  switch (refresh.status) {
    case 'renewed':
      return sessionCookies(refresh.tokens, settings, Date.now())
    case 'refused':
      return endedSessionCookies(settings)
    case 'unavailable':
      return []
  }
}

export const config = {
  // Not for what is the same for everybody and for the probes, which know no session.
  matcher: ['/((?!_next/static|_next/image|health/|icon.svg|favicon.ico).*)'],
}
