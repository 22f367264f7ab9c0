import type { ErrorKind } from './errors.ts'

type Classified = { readonly kind: ErrorKind; readonly reason: string; readonly message: string }

/**
 * What a failure of PostgreSQL or of the way to it means to a caller, or undefined where it is a defect of ours (a wrong
 * statement, a missing table). https://www.postgresql.org/docs/18/errcodes-appendix.html
 */
export const classifyDatabaseError = (thrown: unknown): Classified | undefined => {
  const code = codeOf(thrown)
  if (code === undefined) return undefined
  switch (code) {
    case '23505':
      return { kind: 'conflict', reason: 'ALREADY_EXISTS', message: 'Something with this value exists already.' }
    case '23503':
      return { kind: 'conflict', reason: 'STILL_REFERENCED', message: 'Something else refers to this, or it is gone.' }
    case '22P05':
    case '22021':
      return { kind: 'invalid', reason: 'INPUT_INVALID', message: 'The text holds a character that cannot be stored.' }
    case '40001':
    case '40P01':
    case '55P03':
      return { kind: 'unavailable', reason: 'BUSY', message: 'Somebody else is changing this just now. Try again.' }
    case '57014':
      return { kind: 'unavailable', reason: 'TOO_SLOW', message: 'This took too long and was given up. Try again.' }
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
    case 'EPIPE':
      return DATABASE_UNAVAILABLE
  }
  // 08 connection, 53 resources, 57P operator intervention: the server or the pooler is not there for us now.
  return /^(08|53|57P)/.test(code) ? DATABASE_UNAVAILABLE : undefined
}

export const DATABASE_UNAVAILABLE: Classified = {
  kind: 'unavailable',
  reason: 'DATABASE_UNAVAILABLE',
  message: 'The data cannot be reached now. Try again in a moment.',
}

/** The SQLSTATE or system error code of a thrown value. */
export const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
