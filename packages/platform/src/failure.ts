/** What kind of fault it is, for programs: each has its exit code (packages/cli/src/exit-codes.ts). */
export type FailureReason = 'failed' | 'usage' | 'prerequisite' | 'port' | 'disk' | 'permission' | 'download'

type Detail = {
  readonly reason?: FailureReason
  readonly advice?: string
  readonly logLines?: readonly string[]
  readonly cause?: unknown
}

// Any piece of work may meet these, and then they matter more than what the work was: looked for in what was printed.
const signs: readonly { readonly reason: FailureReason; readonly sign: RegExp; readonly advice: string }[] = [
  {
    reason: 'disk',
    sign: /\bENOSPC\b|\bEDQUOT\b|no space left on device|disk quota exceeded/i,
    advice: 'A disk is full: free some space and run this again. ./neotool doctor shows how much is left where.',
  },
  {
    reason: 'permission',
    sign: /\b(EACCES|EPERM|EROFS)\b/,
    advice: 'Files belong to another user, or may not be written: ./neotool doctor shows which, and --fix mends ours.',
  },
]

/** A fault whose message a person can act on: what happened, the last lines of the log, what to do next. */
export class PlatformError extends Error {
  readonly reason: FailureReason
  readonly advice: string | undefined
  readonly logLines: readonly string[]

  constructor(message: string, { reason, advice, logLines = [], cause }: Detail = {}) {
    super(message, { cause })
    this.name = 'PlatformError'
    const text = [message, ...logLines, cause === undefined ? '' : messageOf(cause)].join('\n')
    const sign = signs.find((each) => each.sign.test(text))
    this.reason = sign?.reason ?? reason ?? 'failed'
    this.advice = sign?.advice ?? advice
    this.logLines = logLines
  }
}

/** Anything that was thrown, as a fault with a reason. */
export const platformErrorOf = (thrown: unknown): PlatformError =>
  thrown instanceof PlatformError ? thrown : new PlatformError(messageOf(thrown), { cause: thrown })

/** The message of anything that was thrown, on one line when it is short. */
export const messageOf = (thrown: unknown): string => {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return thrown.errors.map(messageOf).join('; ')
  if (thrown instanceof Error) return thrown.message || thrown.name
  return String(thrown)
}
