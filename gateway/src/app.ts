import cors from '@fastify/cors'
import { AppError, ERROR_KINDS, toPublicError } from '@neotool/kit/errors'
import { createHttpServer, type HttpServer, header, type ReadinessCheck } from '@neotool/kit/http'
import type { Logger, Metrics } from '@neotool/kit/telemetry'
import { z } from 'zod'
import { callerHeaders } from './caller.ts'
import type { Answer, Gateway } from './graphql.ts'
import type { Supergraph } from './supergraph.ts'

type Parts = {
  readonly log: Logger
  readonly metrics: Metrics
  readonly gateway: Gateway
  readonly supergraph: Supergraph
  readonly corsOrigins: readonly string[]
  readonly isIntrospectionOn: boolean
}

// `extensions` of a request are not passed on: nobody here reads them.
const operationSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
})

/** The server, put together but not listening: tests inject requests into it. */
export const buildApp = async ({
  log,
  metrics,
  gateway,
  supergraph,
  corsOrigins,
  isIntrospectionOn,
}: Parts): Promise<HttpServer> => {
  const server = createHttpServer({
    log,
    metrics,
    // The supergraph is loaded, or we would not be here. Without one subgraph the others' fields still come.
    checks: { supergraph: async () => {} },
    observed: Object.fromEntries([...supergraph.urls].map(([name, url]) => [name, isAlive(url)])),
  })
  const { app } = server
  await app.register(cors, {
    origin: [...corsOrigins],
    methods: ['POST'],
    allowedHeaders: ['authorization', 'content-type', 'traceparent'],
    exposedHeaders: ['x-trace-id'],
    // Who calls is in the Authorization header, which a browser never adds by itself: no other site can act for a user.
    credentials: false,
    maxAge: 7_200,
  })
  app.post('/graphql', async (request, reply) => {
    const { query, operationName, variables } = parseOperation(request.body)
    const operation = { query, operationName: operationName ?? undefined, variables: variables ?? undefined }
    const caller = { headers: callerHeaders(request), log: request.log as Logger, trace: request.trace }
    const answer = await gateway.execute(operation, caller)
    return reply.code(statusOf(answer)).send(answer)
  })
  app.get('/graphql', async (request, reply) => {
    if (isIntrospectionOn && header(request, 'accept')?.includes('text/html')) {
      const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
      return reply.type('text/html; charset=utf-8').send(renderGraphiQL({ title: 'Neotool', endpoint: '/graphql' }))
    }
    // A GET can be set off by any link: operations come by POST alone.
    const refusal = new AppError({ kind: 'invalid', reason: 'METHOD_NOT_ALLOWED', message: 'Send operations by POST.' })
    return reply
      .code(405)
      .header('allow', 'POST')
      .send({ errors: [toPublicError(refusal, request.trace.traceId)] })
  })
  return server
}

const parseOperation = (body: unknown): z.infer<typeof operationSchema> => {
  const parsed = operationSchema.safeParse(body)
  if (parsed.success) return parsed.data
  const message = Array.isArray(body)
    ? 'Send one operation at a time: a list of them is not accepted.'
    : 'Send a JSON object with the operation as text in `query`, and `variables` as an object if there are any.'
  throw new AppError({ kind: 'invalid', reason: 'QUERY_MISSING', message })
}

/** 200 for what was executed, whatever its fields say; an operation that was refused as a whole has its error's status. */
const statusOf = ({ data, errors }: Answer): number => {
  if (data !== undefined || errors === undefined) return 200
  const code = errors[0]?.extensions?.code
  return Object.values(ERROR_KINDS).find(({ graphqlCode }) => graphqlCode === code)?.httpStatus ?? 500
}

/** Whether the process behind a GraphQL endpoint lives. */
const isAlive =
  (url: string): ReadinessCheck =>
  async () => {
    const response = await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(1_500) })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  }
