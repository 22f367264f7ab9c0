import { AppError } from '@neotool/kit/errors'
import type { Metrics } from '@neotool/kit/telemetry'
import { type DocumentNode, GraphQLError, print } from 'graphql'
import { z } from 'zod'
import type { CallerHeaders } from './caller.ts'
import type { HttpClient } from './http-client.ts'

/** What the planner wants of one subgraph. */
export type SubgraphRequest = {
  readonly document: DocumentNode
  readonly variables?: unknown
  readonly operationName?: string | undefined
}

export type SubgraphAnswer = { data?: unknown; errors?: GraphQLError[] }

type Parts = {
  readonly name: string
  readonly url: string
  readonly timeoutMs?: number | undefined
  readonly http: HttpClient
  readonly durations: SubgraphDurations
}

export type AskSubgraph = (request: SubgraphRequest, caller: CallerHeaders) => Promise<SubgraphAnswer>

const answerSchema = z
  .object({
    data: z.unknown().optional(),
    errors: z
      .array(
        z.object({
          message: z.string(),
          path: z.array(z.union([z.string(), z.number()])).optional(),
          extensions: z.record(z.string(), z.unknown()).optional(),
        }),
      )
      .optional(),
  })
  .refine(({ data, errors }) => data !== undefined || errors !== undefined)

/** Above what a page of 100 with all fields takes, below what a client waits. */
export const SUBGRAPH_TIMEOUT_MS = 10_000

/**
 * Asks one subgraph. What may have reached it is not sent again: a repeated mutation could happen twice, and a repeated query
 * doubles the load on a service that is already slow. Never throws: a service that cannot be reached, is too slow or does
 * not speak GraphQL is an error that names it, so that the fields of the other services still come.
 *
 * Each caller's request is sent for itself. Hive's own transport merges equal requests under way, and takes an endpoint and
 * headers from the `extensions` of an operation.
 */
export const subgraphClient = ({ name, url, timeoutMs = SUBGRAPH_TIMEOUT_MS, http, durations }: Parts): AskSubgraph => {
  const ask = async ({ document, variables, operationName }: SubgraphRequest, caller: CallerHeaders) => {
    const body = { query: textOf(document), variables, operationName }
    const { data, errors } = answerSchema.parse(await http.postJson(url, caller, body, timeoutMs))
    if (errors === undefined) return { data }
    return {
      data,
      errors: errors.map(
        ({ message, path = null, extensions = null }) => new GraphQLError(message, { path, extensions }),
      ),
    }
  }
  return async (request, caller) => {
    const stop = durations.startTimer({ subgraph: name })
    try {
      const answer = await ask(request, caller)
      stop({ outcome: answer.errors === undefined ? 'ok' : 'errors' })
      return answer
    } catch (cause) {
      const isTimeout = cause instanceof DOMException && cause.name === 'TimeoutError'
      stop({ outcome: isTimeout ? 'timeout' : 'unreachable' })
      const originalError = isTimeout
        ? serviceError('SERVICE_TIMEOUT', `The ${name} service did not answer within ${timeoutMs} ms.`, name, cause)
        : serviceError('SERVICE_UNREACHABLE', `The ${name} service cannot be reached now. Try again.`, name, cause)
      return { errors: [new GraphQLError(originalError.message, { originalError })] }
    }
  }
}

type SubgraphDurations = ReturnType<typeof subgraphDurations>

/** Count and duration of what is asked of each subgraph. */
export const subgraphDurations = (metrics: Metrics) =>
  metrics.duration('subgraph_request_duration_seconds', 'Time until a subgraph answered', ['subgraph', 'outcome'])

const serviceError = (reason: string, message: string, service: string, cause: unknown): AppError =>
  new AppError({ kind: 'unavailable', reason, message, detail: { service }, cause })

// The planner keeps one document per plan; printing it costs more than sending it.
const texts = new WeakMap<DocumentNode, string>()

const textOf = (document: DocumentNode): string => {
  const known = texts.get(document)
  if (known !== undefined) return known
  const text = print(document)
  texts.set(document, text)
  return text
}
