import { AppError, ERROR_KINDS, toAppError, toPublicError } from '@neotool/kit/errors'
import type { Logger, Trace } from '@neotool/kit/telemetry'
import { GraphQLError, type GraphQLFormattedError } from 'graphql'

const CODES: ReadonlySet<unknown> = new Set(Object.values(ERROR_KINDS).map(({ graphqlCode }) => graphqlCode))

/**
 * What the client sees of an error. What a service of ours said passes unchanged; a fault of the operation is the client's;
 * a service that did not answer is named; of anything else the client learns the trace id and the log everything.
 */
export const publicError = (error: Error, { log, trace }: { log: Logger; trace: Trace }): GraphQLFormattedError => {
  const path = error instanceof GraphQLError && error.path !== undefined ? { path: error.path } : {}
  if (isFromService(error)) return { message: error.message, ...path, extensions: error.extensions }

  const original = originalOf(error)
  if (original instanceof GraphQLError && error instanceof GraphQLError && error.path === undefined) {
    const invalid = new AppError({ kind: 'invalid', reason: 'OPERATION_INVALID', message: original.message })
    const { locations } = error
    return { ...toPublicError(invalid, trace.traceId), ...(locations === undefined ? {} : { locations }) }
  }
  const appError = toAppError(original)
  if (appError.kind === 'internal') log.error({ err: original, ...path }, 'an operation failed')
  else log.warn({ err: appError, ...path }, 'an operation is answered in part')
  return { ...toPublicError(appError, trace.traceId), ...path }
}

/** kit writes all three; whatever lacks one was not meant for a client's eyes. */
const isFromService = (error: Error): error is GraphQLError =>
  error instanceof GraphQLError &&
  CODES.has(error.extensions.code) &&
  typeof error.extensions.reason === 'string' &&
  typeof error.extensions.traceId === 'string'

const originalOf = (error: Error): Error =>
  error instanceof GraphQLError && error.originalError ? originalOf(error.originalError) : error
