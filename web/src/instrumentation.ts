import type { Instrumentation } from 'next'
import { log } from '#log.ts'
import { traceIdOf } from '#request/trace.ts'

/** Runs once before the server takes requests: with a wrong configuration it does not start at all. */
export const register = async (): Promise<void> => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { checkConfig } = await import('./check-config.ts')
  checkConfig()
  const { appendPeers } = await import('#request/append-peer.ts')
  appendPeers()
}

/** One line per failed request, with the digest that the error page shows where it knows no trace id. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const traceparent = request.headers.traceparent
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : undefined
  log('error', 'a request failed', {
    traceId: traceIdOf(typeof traceparent === 'string' ? traceparent : undefined),
    method: request.method,
    // Without the query: what people search for is not for the log.
    path: request.path.split('?')[0],
    route: context.routePath,
    kind: context.routeType,
    digest,
    error: error instanceof Error ? error.message : String(error),
  })
}
