/*
 * The two files through which `up`, `down` and the supervisor of an environment speak. `desired.json` says what shall
 * run and is written by the command that holds the environment's lock; `actual.json` says what does and is written by
 * the supervisor. Both are whole at any time, so whoever crashes, the other reads on.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { readJsonFile, writeJsonFile } from '../json-file.ts'
import { identitySchema } from '../processes.ts'

export const entrySchema = z.object({
  name: z.string(),
  /** Differs for each time that a person wants the part started anew. */
  generation: z.string(),
  /** Hash of code and configuration. */
  fingerprint: z.string(),
  command: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  env: z.record(z.string(), z.string()),
  user: z.object({ uid: z.int(), gid: z.int() }).nullable(),
  logFile: z.string(),
  stopSignal: z.custom<NodeJS.Signals>((value) => typeof value === 'string' && value.startsWith('SIG')),
  graceMs: z.number(),
})

export type Entry = z.infer<typeof entrySchema>

const desiredSchema = z.object({
  /** Hash of the supervisor's code; a supervisor of another one ends and leaves the parts to its successor. */
  supervisor: z.string().nullable(),
  entries: z.array(entrySchema),
})

export type Desired = z.infer<typeof desiredSchema>

export const runSchema = entrySchema
  .pick({ generation: true, fingerprint: true, stopSignal: true, graceMs: true })
  .extend({
    /** Null when it is not running, though nobody stopped it. */
    identity: identitySchema.nullable(),
    startedAt: z.number(),
    /** How often it ended by itself since it last ran well. */
    crashes: z.int(),
    retryAt: z.number(),
    lastExit: z.string().nullable(),
  })

export type Run = z.infer<typeof runSchema>

const actualSchema = z.object({
  supervisor: z.object({ identity: identitySchema, fingerprint: z.string() }).nullable(),
  parts: z.record(z.string(), runSchema),
})

export type Actual = z.infer<typeof actualSchema>

const nothing: Actual = { supervisor: null, parts: {} }

/** The records of an environment, by its directory. */
export const recordsOf = (directory: string) => {
  const desiredFile = join(directory, 'run/desired.json')
  const actualFile = join(directory, 'run/actual.json')
  return {
    readDesired: (): Desired | undefined => readJsonFile(desiredFile, desiredSchema),
    writeDesired: (desired: Desired): void => writeJsonFile(desiredFile, desired),
    readActual: (): Actual => readJsonFile(actualFile, actualSchema) ?? nothing,
    writeActual: (actual: Actual): void => writeJsonFile(actualFile, actual),
  }
}
