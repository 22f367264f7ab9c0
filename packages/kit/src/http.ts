import { finished } from 'node:stream/promises'
import { type FastifyBaseLogger, type FastifyInstance, type FastifyRequest, fastify, LogController } from 'fastify'
import { plainAddress } from './address.ts'
import type { Client } from './caller.ts'
import { AppError, ERROR_KINDS, toAppError, toPublicError } from './errors.ts'
import { continueTrace, type Logger, type Metrics, type Trace } from './telemetry.ts'

declare module 'fastify' {
  interface FastifyRequest {
    trace: Trace
  }
}

/** Asks one dependency whether it works: resolves when it does, throws why it does not. */
export type ReadinessCheck = () => Promise<void>

export type HealthChecks = {
  readonly checks: Readonly<Record<string, ReadinessCheck>>
  /** Told with the checks, but a failure does not make this part unready: it can do part of its work without them. */
  readonly observed?: Readonly<Record<string, ReadinessCheck>>
}

/**
 * Addresses and networks of the proxies before us: only what they say in X-Forwarded-For counts, from its end on, because
 * its beginning is whatever the client wrote. Empty: the address of a client is that of the connection.
 */
export type TrustedProxies = readonly string[]

export type HttpServer = {
  readonly app: FastifyInstance
  /** Says "not ready" from now on, so that no new requests are sent here; those under way are still answered. */
  beginDrain(): void
}

// A JSON document of this size is either a mistake or an attack; files do not travel through GraphQL.
const BODY_LIMIT_BYTES = 1_048_576
// Read and thrown away, so that the sender gets to see the refusal; of what is longer the connection is cut.
const DISCARD_LIMIT_BYTES = 32 * BODY_LIMIT_BYTES
const CHECK_TIMEOUT_MS = 2_000

/**
 * A Fastify server with trace ids, one error form, `/health/live`, `/health/ready` and `/metrics`. It does not listen:
 * tests inject requests into it.
 */
export const createHttpServer = ({
  log,
  metrics,
  trustedProxies = [],
  checks,
  observed = {},
}: HealthChecks & { log: Logger; metrics: Metrics; trustedProxies?: TrustedProxies }): HttpServer => {
  const app: FastifyInstance = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 30_000,
    // One load balancer keeps connections for 60 s: ours live a little longer, so that it never writes into a closed one.
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    routerOptions: { maxParamLength: 200 },
  })
  let isDraining = false

  app.decorateRequest('trace')
  app.addHook('onRequest', async (request, reply) => {
    request.trace = continueTrace(header(request, 'traceparent'))
    request.log = request.log.child({ traceId: request.trace.traceId })
    reply.header('x-trace-id', request.trace.traceId)
    await discardOversized(request)
  })
  app.addHook('onSend', async (_request, reply) => {
    // Closing ends the connections that are idle; one that is busy then would be kept for 65 s after its answer.
    if (isDraining) reply.header('connection', 'close')
  })
  app.addHook('onResponse', async (request, reply) => {
    if (!request.url.startsWith('/health/') && request.url !== '/metrics') {
      const facts = { method: request.method, path: request.routeOptions.url, status: reply.statusCode }
      request.log.info({ ...facts, durationMs: Math.round(reply.elapsedTime) }, 'request')
    }
  })
  app.setErrorHandler((thrown, request, reply) => {
    const { error, status } = toRequestError(thrown)
    if (error.kind === 'internal') request.log.error({ err: thrown }, 'request failed')
    return reply.code(status).send({ errors: [toPublicError(error, request.trace.traceId)] })
  })
  app.setNotFoundHandler((request, reply) => {
    const error = new AppError({ kind: 'not_found', reason: 'ROUTE_NOT_FOUND', message: 'There is nothing here.' })
    return reply.code(404).send({ errors: [toPublicError(error, request.trace.traceId)] })
  })

  app.get('/health/live', async () => ({ status: 'ok' }))
  app.get('/health/ready', async (request, reply) => {
    const results = await Promise.all(
      Object.entries({ ...checks, ...observed }).map(([name, check]) => runCheck(name, check, request)),
    )
    const isReady = !isDraining && results.every(([name, { status }]) => status === 'ok' || name in observed)
    return reply.code(isReady ? 200 : 503).send({
      status: isDraining ? 'draining' : isReady ? 'ok' : 'failed',
      checks: Object.fromEntries(results),
    })
  })
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )

  return {
    app,
    beginDrain: () => {
      isDraining = true
    },
  }
}

/**
 * A server that answers and closes while the sender still writes makes most clients fail over the broken connection, and
 * nobody reads why the body was refused.
 */
const discardOversized = async ({ raw }: FastifyRequest): Promise<void> => {
  const length = Number(raw.headers['content-length'] ?? 0)
  if (length <= BODY_LIMIT_BYTES || length > DISCARD_LIMIT_BYTES) return
  raw.resume()
  // It fails where the sender goes away meanwhile: then nobody waits for an answer.
  await finished(raw, { writable: false }).catch(() => {})
}

const LONGEST_USER_AGENT = 300
// A connection that is gone already has no address any more.
const NO_ADDRESS = '0.0.0.0'

/** Where a request comes from. What a proxy passes on that is no address counts as nothing: then it is the proxy's own. */
export const clientOf = (request: FastifyRequest): Client => ({
  address: plainAddress(request.ip) ?? plainAddress(request.socket.remoteAddress) ?? NO_ADDRESS,
  userAgent: header(request, 'user-agent')?.slice(0, LONGEST_USER_AGENT),
})

/** A request's header as one string; of a repeated one the first. */
export const header = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

type CheckResult = { status: 'ok' } | { status: 'failed'; detail: string }

const runCheck = async (
  name: string,
  check: ReadinessCheck,
  request: FastifyRequest,
): Promise<readonly [string, CheckResult]> => {
  const { promise: timeout, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${CHECK_TIMEOUT_MS} ms`)), CHECK_TIMEOUT_MS)
  try {
    await Promise.race([check(), timeout])
    return [name, { status: 'ok' }]
  } catch (error) {
    request.log.warn({ err: error, check: name }, 'not ready')
    // The whole error is in the log; what an anonymous caller of a probe learns is the dependency's name and the public half.
    return [name, { status: 'failed', detail: error instanceof AppError ? error.message : 'did not answer' }]
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Any thrown value as an error and the status to answer with. Fastify's own refusals (malformed JSON, a body too large, an
 * unknown content type) are the client's fault and keep the status that they came with.
 */
export const toRequestError = (thrown: unknown): { readonly error: AppError; readonly status: number } => {
  const status = thrown instanceof Error && 'statusCode' in thrown ? thrown.statusCode : undefined
  if (!(thrown instanceof AppError) && thrown instanceof Error && typeof status === 'number') {
    if (status >= 400 && status < 500) {
      const error = new AppError({ kind: 'invalid', reason: 'REQUEST_INVALID', message: thrown.message, cause: thrown })
      return { error, status }
    }
  }
  const error = toAppError(thrown)
  return { error, status: ERROR_KINDS[error.kind].httpStatus }
}
