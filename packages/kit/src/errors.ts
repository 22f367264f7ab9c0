import { classifyDatabaseError } from './sqlstate.ts'

/**
 * What can go wrong, in eight kinds. A kind exists only because some caller acts on it differently; one table says how
 * each is told to a GraphQL client, to an HTTP client and to a consumer of events. Nothing further in knows of HTTP.
 *
 * An AppError has two halves: `message`, `reason` and `detail` are public, `cause` is for the log alone. Whatever is not
 * an AppError is a defect of ours: the client learns `internal` and the trace id, the log learns everything.
 */

export const ERROR_KINDS = {
  invalid: { graphqlCode: 'BAD_USER_INPUT', httpStatus: 400, consumerAction: 'dead-letter' },
  unauthenticated: { graphqlCode: 'UNAUTHENTICATED', httpStatus: 401, consumerAction: 'dead-letter' },
  forbidden: { graphqlCode: 'FORBIDDEN', httpStatus: 403, consumerAction: 'dead-letter' },
  not_found: { graphqlCode: 'NOT_FOUND', httpStatus: 404, consumerAction: 'retry' },
  conflict: { graphqlCode: 'CONFLICT', httpStatus: 409, consumerAction: 'retry' },
  limited: { graphqlCode: 'TOO_MANY_REQUESTS', httpStatus: 429, consumerAction: 'retry' },
  unavailable: { graphqlCode: 'SERVICE_UNAVAILABLE', httpStatus: 503, consumerAction: 'retry' },
  internal: { graphqlCode: 'INTERNAL_SERVER_ERROR', httpStatus: 500, consumerAction: 'retry' },
} as const satisfies Record<
  string,
  { graphqlCode: string; httpStatus: number; consumerAction: 'retry' | 'dead-letter' }
>

export type ErrorKind = keyof typeof ERROR_KINDS

/** Public facts beside the message, for example `{ current: … }` of a conflict. Never internals. */
export type ErrorDetail = Readonly<Record<string, unknown>>

export type FieldFault = { readonly path: string; readonly message: string }

type Parts = {
  readonly kind: ErrorKind
  readonly reason: string
  readonly message: string
  readonly detail?: ErrorDetail
  readonly cause?: unknown
}

/** An expected failure: a kind, a stable machine-readable reason, a public message, and a private cause. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly kind: ErrorKind
  readonly reason: string
  readonly detail: ErrorDetail

  constructor({ kind, reason, message, detail = {}, cause }: Parts) {
    super(message, cause === undefined ? undefined : { cause })
    this.kind = kind
    this.reason = reason
    this.detail = detail
  }
}

/** The input breaks rules; `fields` names each fault by its path, all of them at once. */
export const inputInvalid = (fields: readonly FieldFault[]): AppError =>
  new AppError({
    kind: 'invalid',
    reason: 'INPUT_INVALID',
    message: fields.map(({ path, message }) => `${path}: ${message}`).join('; '),
    detail: { fields },
  })

/** Nobody is signed in, or the proof of it is no longer good. */
export const unauthenticated = (reason: string, message: string, cause?: unknown): AppError =>
  new AppError({ kind: 'unauthenticated', reason, message, cause })

/** The actor is known and may not do this; `message` never tells whether the thing exists. */
export const forbidden = (message: string): AppError =>
  new AppError({ kind: 'forbidden', reason: 'PERMISSION_MISSING', message })

/** The actor may do this once the link has been followed that was sent to their e-mail, with a token of after that. */
export const emailNotVerified = (): AppError =>
  new AppError({
    kind: 'forbidden',
    reason: 'EMAIL_NOT_VERIFIED',
    message: 'Verify your e-mail first: follow the link that we have sent to it.',
  })

export const notFound = (reason: string, message: string): AppError =>
  new AppError({ kind: 'not_found', reason, message })

export const conflict = (reason: string, message: string, detail: ErrorDetail = {}): AppError =>
  new AppError({ kind: 'conflict', reason, message, detail })

/** Too many of these in too short a time; `detail.retryAfterSeconds` says when to try again. */
export const limited = (reason: string, message: string, retryAfterSeconds: number): AppError =>
  new AppError({ kind: 'limited', reason, message, detail: { retryAfterSeconds } })

/** Something that we depend on did not answer; the same call may succeed later. */
export const unavailable = (reason: string, message: string, cause?: unknown): AppError =>
  new AppError({ kind: 'unavailable', reason, message, cause })

const INTERNAL = {
  kind: 'internal',
  reason: 'INTERNAL',
  message: 'Something went wrong on our side. Try again; if it stays, report the trace id.',
} as const

/** Any thrown value as an AppError; what we did not foresee becomes `internal`, with the original as its cause. */
export const toAppError = (thrown: unknown): AppError =>
  thrown instanceof AppError ? thrown : new AppError({ ...(classifyDatabaseError(thrown) ?? INTERNAL), cause: thrown })

/** What the world outside may see of an error. */
export type PublicError = {
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>> & {
    readonly code: string
    readonly reason: string
    readonly traceId: string
  }
}

/** The public half of an error, in the one form that GraphQL and HTTP answers share. */
export const toPublicError = (error: AppError, traceId: string): PublicError => ({
  message: error.message,
  extensions: { ...error.detail, code: ERROR_KINDS[error.kind].graphqlCode, reason: error.reason, traceId },
})
