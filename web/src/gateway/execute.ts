import { z } from 'zod'
import { config } from '#config.ts'
import type { TypedDocumentString } from '#generated/graphql.ts'
import { log } from '#log.ts'
import type { ClientHeaders } from '#request/client-headers.ts'
import { newSpan } from '#request/trace.ts'
import { type GraphqlError, gatewayUnreachable, graphqlError, type Problem, problemOf } from './problem.ts'

export type Answer<Data> =
  | { readonly ok: true; readonly data: Data }
  | { readonly ok: false; readonly problem: Problem }

export type Caller = {
  readonly accessToken?: string | undefined
  readonly traceId: string
  readonly client: ClientHeaders
}

// The gateway gives up on a service after less; a page that waits longer than this is broken to whoever looks at it.
const TIMEOUT_MS = 10_000

const answerSchema = z.object({ data: z.unknown().optional(), errors: z.array(graphqlError).default([]) })

/**
 * Sends one operation to the gateway. Never throws: a gateway that cannot be reached is a problem like any other.
 * Errors below the root fields are logged and the data is used, because the schema allows null at that place.
 */
export const execute = async <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  { accessToken, traceId, client }: Caller,
): Promise<Answer<Data>> => {
  const { traceparent } = newSpan(traceId)
  const query = document.toString()
  try {
    const response = await fetch(config().gatewayUrl, {
      method: 'POST',
      headers: {
        ...client,
        accept: 'application/graphql-response+json, application/json',
        'content-type': 'application/json',
        traceparent,
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      body: JSON.stringify({ query, variables }),
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const { data, errors } = answerSchema.parse(await response.json())
    const fatal = errors.find((error) => isFatal(error, data))
    for (const error of errors) logError(error, query, traceId)
    if (fatal !== undefined) return { ok: false, problem: problemOf(fatal, traceId) }
    if (typeof data !== 'object' || data === null) throw new Error(`HTTP ${response.status} without data or errors`)
    // The gateway checks its answers against the very schema that Data was generated from.
    return { ok: true, data: data as Data }
  } catch (error) {
    log('error', 'the gateway gave no answer', { traceId, operation: operationOf(query), cause: describe(error) })
    return { ok: false, problem: gatewayUnreachable(traceId) }
  }
}

const isFatal = ({ path }: GraphqlError, data: unknown): boolean =>
  data === null || data === undefined || path === null || path === undefined || path.length <= 1

// A person's mistake is no event of the server's log; the services log what they refuse.
const EXPECTED = new Set(['BAD_USER_INPUT', 'UNAUTHENTICATED', 'NOT_FOUND', 'CONFLICT'])

const logError = ({ message, path, extensions }: GraphqlError, query: string, traceId: string): void => {
  if (EXPECTED.has(extensions.code)) return
  const { code, reason } = extensions
  log('warn', 'the gateway answered with an error', {
    traceId,
    operation: operationOf(query),
    path: path?.join('.'),
    code,
    reason,
    error: message,
  })
}

const operationOf = (query: string): string => /(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? 'anonymous'

/** Node's fetch hides the reason (ECONNREFUSED …) in the cause of its cause. */
const describe = (error: unknown): string => {
  const parts: string[] = []
  for (let at = error; at instanceof Error && parts.length < 4; at = at.cause) {
    if (at.message !== '') parts.push(at.message)
    if (at instanceof AggregateError) parts.push(...at.errors.map(String))
  }
  return parts.join(': ') || String(error)
}
