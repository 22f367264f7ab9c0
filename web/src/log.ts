type Fields = Readonly<Record<string, unknown>>

// pino's numbers, so that one query finds the warnings of every part.
const LEVELS = { info: 30, warn: 40, error: 50 } as const

/** Writes one JSON line to stdout, in the same shape as the services' logs. */
export const log = (level: keyof typeof LEVELS, msg: string, fields: Fields = {}): void => {
  // Next also compiles this file for a runtime that has no process.stdout.
  // biome-ignore lint/suspicious/noConsole: see above
  console.log(JSON.stringify({ level: LEVELS[level], time: Date.now(), part: 'web', ...fields, msg }))
}
