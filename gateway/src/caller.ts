import { header } from '@neotool/kit/http'
import { toTraceparent } from '@neotool/kit/telemetry'
import type { FastifyRequest } from 'fastify'

/** What a subgraph learns of the client: these headers and no others, above all no cookie. */
export type CallerHeaders = Readonly<Record<string, string>>

const PASSED_ON = ['authorization', 'accept-language', 'user-agent'] as const

/**
 * The headers to send on. The trace goes on with a span of ours; the client's address is added to X-Forwarded-For as any
 * proxy does, so whoever reads that header must count from its end: its beginning is the client's own claim.
 */
export const callerHeaders = (request: FastifyRequest): CallerHeaders => {
  const headers: Record<string, string> = {
    accept: 'application/json',
    traceparent: toTraceparent(request.trace),
    'x-forwarded-for': [forwardedFor(request), request.socket.remoteAddress].filter(Boolean).join(', '),
  }
  for (const name of PASSED_ON) {
    const value = header(request, name)
    if (value !== undefined) headers[name] = value
  }
  return headers
}

// A repeated X-Forwarded-For is one list; the last entries, from the proxies next to us, are the ones that count.
const forwardedFor = ({ headers }: FastifyRequest): string | undefined => {
  const value = headers['x-forwarded-for']
  return Array.isArray(value) ? value.join(', ') : value
}
