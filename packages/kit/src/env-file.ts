import { parseEnv } from 'node:util'
import { ConfigError } from './config.ts'

// Node knows no escapes, so a value is written in quotes that are not in it, or in none.
const QUOTES = ["'", '`', '"', ''] as const

// What follows the value shows whether it ends where it should; no setting has a name like it.
const NEXT = { name: 'next', value: '"`', line: "next='\"`'" } as const

/** Node takes options for itself from NODE_ variables: a setting must not reach them. */
const NAME = /^(?!NODE_)[A-Z][A-Z0-9_]*$/

/**
 * The text of a file for `node --env-file` from which Node reads exactly these variables. Throws a ConfigError, which shows
 * no value, where a name is none of a setting or Node has no way to write a value.
 */
export const toEnvFile = (variables: Readonly<Record<string, string>>): string =>
  Object.entries(variables)
    .map(([name, value]) => `${toLine(name, value)}\n`)
    .join('')

const toLine = (name: string, value: string): string => {
  if (!NAME.test(name)) {
    throw new ConfigError(
      `${JSON.stringify(name)} is no name of a setting: A–Z, 0–9 and _ are, and NODE_ is not for it to begin with.`,
    )
  }
  const line = QUOTES.map((quote) => `${name}=${quote}${value}${quote}`).find((text) => isRead(text, name, value))
  if (line !== undefined) return line
  throw new ConfigError(
    `The value of ${name} cannot be written for node --env-file: it has a carriage return, a NUL, half a character, or ` +
      'all of \', ` and " together with a newline, a #, or one of them or a space at an end. Choose another value.',
  )
}

const isRead = (line: string, name: string, value: string): boolean => {
  // It would be in the file, and end the variable.
  if (value.includes('\0')) return false
  const read = parseEnv(`${line}\n${NEXT.line}\n`)
  return read[name] === value && read[NEXT.name] === NEXT.value && Object.keys(read).length === 2
}
