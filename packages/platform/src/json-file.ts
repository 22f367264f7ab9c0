import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { messageOf, PlatformError } from './failure.ts'

/** Reads and checks a JSON file; undefined when it does not exist. */
export const readJsonFile = <Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> | undefined => {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new PlatformError(`${path} is not what Neotool wrote: ${messageOf(error)}`, {
      advice: 'Restore the file, or stop the environment and remove its directory.',
      cause: error,
    })
  }
}

/** Replaces a file in one step, so that a reader sees the old content or the new and never half. */
export const writeFileAtomically = (path: string, content: string, mode = 0o600): void => {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${process.pid}.new`
  writeFileSync(temporary, content, { mode: 0o600 })
  // Whatever the umask is.
  chmodSync(temporary, mode)
  renameSync(temporary, path)
}

export const writeJsonFile = (path: string, value: unknown): void =>
  writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`)
