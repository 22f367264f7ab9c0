/** A fault whose message a person can act on: what happened, the last lines of the log, what to do next. */
export class PlatformError extends Error {
  readonly advice: string | undefined
  readonly logLines: readonly string[]

  constructor(message: string, detail: { advice?: string; logLines?: readonly string[]; cause?: unknown } = {}) {
    super(message, { cause: detail.cause })
    this.name = 'PlatformError'
    this.advice = detail.advice
    this.logLines = detail.logLines ?? []
  }
}

/** The message of anything that was thrown, on one line when it is short. */
export const messageOf = (thrown: unknown): string => {
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return thrown.errors.map(messageOf).join('; ')
  if (thrown instanceof Error) return thrown.message || thrown.name
  return String(thrown)
}
