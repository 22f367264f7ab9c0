import { test } from 'vitest'
import { differences, engine } from './differences.ts'

/** A test that every engine passes, unless the table of differences says why this one cannot. */
export const conforms = (what: string, body: () => Promise<void>): void => {
  const reason = differences[engine][what]
  if (reason === undefined) test(what, body)
  else test.fails(`${what} [${engine} differs: ${reason}]`, body)
}
