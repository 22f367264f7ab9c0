import { z } from 'zod'
import { CODES, type ProblemCode, writeDigest } from './problem-digest.ts'

/** Why the gateway did not give what was asked for: its error, or ours where it could not be reached. */
export type Problem = {
  readonly code: ProblemCode
  /** Stable and narrower than the code, for example PRODUCT_SKU_TAKEN. */
  readonly reason: string
  readonly message: string
  readonly traceId: string
  readonly fields: readonly FieldProblem[]
  /** With a stale version: the record as it is now, still to be parsed by who knows its shape. */
  readonly current: unknown
}

export type FieldProblem = { readonly path: string; readonly message: string }

/** One entry of a GraphQL answer's `errors`; a code that we do not know counts as an internal error. */
export const graphqlError = z.object({
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
  extensions: z
    .object({
      code: z.enum(CODES).catch('INTERNAL_SERVER_ERROR'),
      reason: z.string().catch(''),
      traceId: z.string().optional().catch(undefined),
      fields: z.array(z.object({ path: z.string(), message: z.string() })).catch([]),
      current: z.unknown().optional(),
    })
    .default({ code: 'INTERNAL_SERVER_ERROR', reason: '', traceId: undefined, fields: [], current: undefined }),
})

export type GraphqlError = z.infer<typeof graphqlError>

/** The problem that a GraphQL error describes; `traceId` is used where the error itself names none. */
export const problemOf = ({ message, extensions }: GraphqlError, traceId: string): Problem => ({
  code: extensions.code,
  reason: extensions.reason,
  message,
  traceId: extensions.traceId ?? traceId,
  fields: extensions.fields,
  current: extensions.current,
})

/** The gateway could not be reached, or what came back was no GraphQL answer. */
export const gatewayUnreachable = (traceId: string): Problem => ({
  code: 'SERVICE_UNAVAILABLE',
  reason: 'GATEWAY_UNREACHABLE',
  message: 'The server cannot be reached at the moment.',
  traceId,
  fields: [],
  current: undefined,
})

/** A problem that a page cannot handle; its digest is what the error page in the browser learns. */
export class ProblemError extends Error {
  readonly problem: Problem
  readonly digest: string

  constructor(problem: Problem) {
    super(`${problem.code} ${problem.reason}: ${problem.message}`)
    this.name = 'ProblemError'
    this.problem = problem
    this.digest = writeDigest(problem)
  }
}
