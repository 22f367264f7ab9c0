/**
 * A Federation 2 subgraph on Fastify: the SDL comes from contracts/, the resolvers from the service. Mercurius compiles a
 * query when it comes a second time; texts and compiled queries live in one bounded cache, so that unique queries cannot
 * grow memory.
 */
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import {
  defaultFieldResolver,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  isInputObjectType,
  isNonNullType,
  isUnionType,
  NoSchemaIntrospectionCustomRule,
  parse,
} from 'graphql'
import mercurius, { type MercuriusContext } from 'mercurius'
import type { Authenticate } from './auth.ts'
import { type Decision, Denied } from './authz.ts'
import type { Caller } from './caller.ts'
import { ConfigError } from './config.ts'
import { AppError, ERROR_KINDS, emailNotVerified, toAppError, toPublicError } from './errors.ts'
import { DEFAULT_LIMITS, type GraphqlLimits, limitRule, noServiceSdlRule } from './graphql-limits.ts'
import { clientOf, header, toRequestError } from './http.ts'
import type { Logger, Metrics, Trace } from './telemetry.ts'

/** What every resolver gets beside its arguments. A service adds its loaders, made anew for each request. */
export type GraphqlContext = Caller & { readonly log: Logger }

const CACHED_QUERIES = 1_000

export type GraphqlOptions<Context extends GraphqlContext> = {
  readonly typeDefs: string
  readonly resolvers: object
  readonly authenticate: Authenticate
  readonly isIntrospectionOn: boolean
  readonly metrics: Metrics
  /** Keeps for the audit log that a mutation was denied. What it allowed, the use case records with its changes. */
  readonly recordDenial: (decision: Decision, trace: Trace) => Promise<void>
  /** The mutations that a user may use whose e-mail is verified; a name that is no mutation of the service is a ConfigError. */
  readonly verifiedEmailMutations?: readonly string[] | undefined
  /** Adds what the service's own resolvers need: loaders that live as long as one request, or something of the request. */
  extendContext(base: GraphqlContext, request: FastifyRequest): Context
  readonly limits?: GraphqlLimits
}

/** Serves `POST /graphql`. Errors are told as errors.ts says; those that nobody foresaw are logged and masked. */
export const registerGraphql = async <Context extends GraphqlContext>(
  app: FastifyInstance,
  options: GraphqlOptions<Context>,
): Promise<void> => {
  const { typeDefs, resolvers, authenticate, isIntrospectionOn, metrics, recordDenial, extendContext } = options
  const limits = options.limits ?? DEFAULT_LIMITS
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as GraphQLResolverMap }])
  refuseRequiredDefaults(schema)
  refuseUnknownEntities(schema)
  recordDenials(schema, recordDenial)
  requireVerifiedEmail(schema, options.verifiedEmailMutations ?? [])
  measureRootFields(schema, metrics)

  app.addHook('preValidation', async (request) => {
    if (request.routeOptions.url === '/graphql') refuseNonText(request)
  })
  app.addHook('onSend', async (request, reply) => {
    // Answers are one person's, and some hold tokens.
    if (request.routeOptions.url === '/graphql') reply.header('cache-control', 'no-store')
  })
  await app.register(mercurius, {
    schema,
    path: '/graphql',
    graphiql: false,
    allowBatchedQueries: false,
    jit: 1,
    cache: CACHED_QUERIES,
    graphql: { parseOptions: { maxTokens: limits.maxTokens, noLocation: false } },
    validationRules: [
      limitRule(limits),
      ...(isIntrospectionOn ? [] : [NoSchemaIntrospectionCustomRule, noServiceSdlRule]),
    ],
    context: async (request: FastifyRequest, _reply: FastifyReply) =>
      extendContext(
        {
          actor: await authenticate(header(request, 'authorization')),
          log: request.log as Logger,
          trace: request.trace,
          client: clientOf(request),
        },
        request,
      ),
    errorFormatter: (execution, context) => formatErrors(execution, requestOf(context)),
  })
}

/** The compiler takes `field: Int! = 0` of an input for required: the first call would pass, the second would not. */
const refuseRequiredDefaults = (schema: GraphQLSchema): void => {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isInputObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      if (isNonNullType(field.type) && field.defaultValue !== undefined) {
        throw new Error(`${type.name}.${field.name} has a default, so it must be nullable: drop its "!".`)
      }
    }
  }
}

/** The subgraph library takes a representation of an unknown type for a fault of its own; it is one of the caller. */
const refuseUnknownEntities = (schema: GraphQLSchema): void => {
  const field = schema.getQueryType()?.getFields()._entities
  const union = schema.getType('_Entity')
  if (field?.resolve === undefined || !isUnionType(union)) return
  const known = new Set(union.getTypes().map(({ name }) => name))
  const { resolve } = field
  field.resolve = (parent, args: { representations: readonly { __typename?: unknown }[] }, context, info) => {
    const stranger = args.representations.find(({ __typename }) => !known.has(String(__typename)))
    if (stranger === undefined) return resolve(parent, args, context, info)
    throw new AppError({
      kind: 'invalid',
      reason: 'ENTITY_UNKNOWN',
      message: `There is no entity ${JSON.stringify(stranger.__typename)}.`,
    })
  }
}

/**
 * Mercurius also accepts a syntax tree as JSON in place of a query, which would pass by the token limit, and operations by
 * GET, whose variables would end in the logs of every proxy.
 */
const refuseNonText = ({ method, body }: FastifyRequest): void => {
  if (method !== 'POST') throw new AppError({ kind: 'invalid', reason: 'METHOD_INVALID', message: 'Use POST.' })
  const query = typeof body === 'object' && body !== null && 'query' in body ? body.query : undefined
  if (typeof query !== 'string' || /^\s*\{\s*"/.test(query)) {
    throw new AppError({ kind: 'invalid', reason: 'QUERY_MISSING', message: 'Send the operation as text in `query`.' })
  }
}

const requestOf = (context: unknown): FastifyRequest => (context as MercuriusContext).reply.request

type Execution = { readonly data?: unknown; readonly errors?: readonly Error[] | null }

const formatErrors = (
  { data, errors }: Execution,
  request: FastifyRequest,
): { statusCode: number; response: { data: Record<string, unknown> | null; errors: GraphQLFormattedError[] } } => {
  const flat = (errors ?? []).flatMap(flatten)
  const formatted = flat.map((error) => formatOne(error, request))
  const hasRun = Boolean(data) || formatted.some(({ path }) => path !== undefined)
  return {
    // https://graphql.github.io/graphql-over-http/draft: an operation that ran is 200, whatever its fields say.
    statusCode: hasRun ? 200 : classify(flat[0] ?? new Error('refused without an error')).status,
    response: { data: (data ?? null) as Record<string, unknown> | null, errors: formatted },
  }
}

/** Mercurius wraps all errors of a refused document in one. */
const flatten = (error: Error): readonly Error[] => {
  const inner = originalOf(error)
  return 'errors' in inner && Array.isArray(inner.errors) ? inner.errors : [error]
}

const originalOf = (error: Error): Error => {
  const original = error instanceof GraphQLError || 'originalError' in error ? error.originalError : undefined
  return original instanceof Error ? originalOf(original) : error
}

const classify = (error: Error): ReturnType<typeof toRequestError> => {
  const original = originalOf(error)
  // graphql-js itself found the fault: without a path in the request, with one in what our resolvers returned.
  if (!(original instanceof GraphQLError) || pathOf(error) !== undefined) return toRequestError(original)
  return {
    error: new AppError({ kind: 'invalid', reason: 'OPERATION_INVALID', message: original.message }),
    status: ERROR_KINDS.invalid.httpStatus,
  }
}

const pathOf = (error: Error): GraphQLError['path'] => ('path' in error ? (error as GraphQLError).path : undefined)

const formatOne = (error: Error, request: FastifyRequest): GraphQLFormattedError => {
  const path = pathOf(error)
  const { error: appError } = classify(error)
  if (appError.kind === 'internal') request.log.error({ err: originalOf(error), path }, 'a resolver failed')
  else request.log.info({ reason: appError.reason, path, err: appError.cause }, 'operation refused')
  const locations = 'locations' in error ? (error as GraphQLError).locations : undefined
  return {
    ...toPublicError(appError, request.trace.traceId),
    ...(locations === undefined ? {} : { locations }),
    ...(path === undefined ? {} : { path }),
  }
}

/** A denial is told to the client whether or not it could be recorded: then the log alone has it. */
const recordDenials = (schema: GraphQLSchema, recordDenial: GraphqlOptions<GraphqlContext>['recordDenial']): void => {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = async (parent, args, context: GraphqlContext, info) => {
      try {
        return await resolve(parent, args, context, info)
      } catch (error) {
        if (error instanceof Denied) {
          await recordDenial(error.decision, context.trace).catch((cause: unknown) =>
            context.log.error({ err: cause, decision: error.decision }, 'a denial could not be recorded'),
          )
        }
        throw error
      }
    }
  }
}

/** Users alone have an e-mail: whoever is not signed in, and what a service may do, is for the resolver to judge. */
const requireVerifiedEmail = (schema: GraphQLSchema, names: readonly string[]): void => {
  const mutations = schema.getMutationType()?.getFields() ?? {}
  const unknown = names.filter((name) => mutations[name] === undefined)
  if (unknown.length > 0) {
    throw new ConfigError(
      `The settings are wrong:\n  VERIFIED_EMAIL_MUTATIONS: there is no mutation ${unknown.join(', ')}`,
    )
  }
  for (const name of names) {
    const field = mutations[name]
    if (field === undefined) continue
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = (parent, args, context: GraphqlContext, info) => {
      const { actor } = context
      if (actor.kind === 'user' && !actor.isEmailVerified) throw emailNotVerified()
      return resolve(parent, args, context, info)
    }
  }
}

/** Rate, errors and duration of every field of Query and Mutation; the labels come from the schema, never from a client. */
const measureRootFields = (schema: GraphQLSchema, metrics: Metrics): void => {
  const duration = metrics.duration('graphql_field_duration_seconds', 'Time to resolve a root field', [
    'field',
    'outcome',
  ])
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const resolve = field.resolve ?? defaultFieldResolver
      field.resolve = async (...args) => {
        const stop = duration.startTimer({ field: `${type?.name}.${field.name}` })
        try {
          const result: unknown = await resolve(...args)
          stop({ outcome: 'ok' })
          return result
        } catch (error) {
          stop({ outcome: toAppError(error).kind })
          throw error
        }
      }
    }
  }
}
