import type { Secret } from '@neotool/kit/config'
import { AppError, ERROR_KINDS, type ErrorKind, unavailable } from '@neotool/kit/errors'
import { type Trace, toTraceparent } from '@neotool/kit/telemetry'
import { z } from 'zod'

/** In whose name something is asked: their own Authorization header, so nobody is told more than they may see. */
export type GraphCaller = { readonly authorization: Secret; readonly trace: Trace }

export type Question<Data> = {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  /** What the data must look like. */
  readonly data: z.ZodType<Data>
}

/** The platform's own API. */
export type Graph = {
  /** Throws what the API refused as it was refused (FORBIDDEN, UNAUTHENTICATED, …), and `unavailable` without an answer. */
  ask<Data>(question: Question<Data>, caller: GraphCaller, signal?: AbortSignal): Promise<Data>
}

// The gateway gives up on a subgraph after ten seconds, and two questions must fit into the time for one answer.
const TIMEOUT_MS = 3_000

const answerSchema = z.object({
  data: z.unknown().optional(),
  errors: z
    .array(z.object({ message: z.string(), extensions: z.object({ code: z.string(), reason: z.string() }).optional() }))
    .optional(),
})

/** The API at the gateway's address; each question is one POST, and none is repeated. */
export const gatewayGraph = (url: string, timeoutMs = TIMEOUT_MS): Graph => ({
  ask: async ({ query, variables, data: schema }, { authorization, trace }, signal) => {
    const timeout = AbortSignal.timeout(timeoutMs)
    const answer = await fetch(url, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: authorization.reveal(),
        traceparent: toTraceparent(trace),
      },
      body: JSON.stringify({ query, variables }),
      // The token is for this address alone.
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
      .then(async (response) => answerSchema.parse(await response.json()))
      .catch((cause: unknown) => {
        throw noAnswer(cause)
      })
    const [error] = answer.errors ?? []
    if (error) throw refusal(error.extensions, error.message)
    const parsed = schema.safeParse(answer.data)
    if (parsed.success) return parsed.data
    throw noAnswer(parsed.error)
  },
})

const noAnswer = (cause: unknown): AppError =>
  unavailable(
    'GRAPH_UNAVAILABLE',
    'The data cannot be reached now. Your message is kept; ask again in a moment.',
    cause,
  )

/** Refusals that the caller can act on keep their kind; the rest means that there is no answer now. */
const PASSED_ON: ReadonlySet<ErrorKind> = new Set(['unauthenticated', 'forbidden', 'limited'])

const refusal = (extensions: { code: string; reason: string } | undefined, message: string): AppError => {
  const kinds = Object.keys(ERROR_KINDS) as ErrorKind[]
  const kind = kinds.find((each) => ERROR_KINDS[each].graphqlCode === extensions?.code)
  if (kind === undefined || !PASSED_ON.has(kind)) return noAnswer(new Error(`The API answered: ${message}`))
  return new AppError({ kind, reason: extensions?.reason ?? 'REFUSED', message })
}
