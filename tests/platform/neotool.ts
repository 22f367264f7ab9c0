/* The command as a stranger uses it: a process with arguments, output and an exit code. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PartStatus } from '@neotool/platform/status'
import { eventually } from '@neotool/testkit/eventually'
import { expect } from 'vitest'

export const root: string = fileURLToPath(new URL('../..', import.meta.url))

export type Outcome = { readonly exitCode: number | null; readonly output: string }

export type Running = {
  readonly child: ChildProcess
  readonly outcome: Promise<Outcome>
  /** Resolves when the output matches; rejects when the command ended before. */
  printed(sign: RegExp): Promise<void>
}

export type User = { readonly uid: number; readonly gid: number }

type Options = {
  readonly checkout?: string
  readonly env?: NodeJS.ProcessEnv
  readonly user?: User | undefined
  /** In a group of its own, as a shell starts what a person types. */
  readonly isGroup?: boolean
}

/** Starts `neotool` without a terminal. */
export const start = (
  args: readonly string[],
  { checkout = root, env = {}, user, isGroup = false }: Options = {},
): Running => {
  // What the test runner sets is not what a person has.
  const { NODE_ENV: _, VITEST: __, FORCE_COLOR: ___, ...inherited } = process.env
  const child = spawn(join(checkout, 'neotool'), args, {
    cwd: '/',
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: isGroup,
    ...user,
  })
  let output = ''
  const watchers = new Set<() => void>()
  const note = (chunk: Buffer) => {
    output += String(chunk)
    for (const watch of watchers) watch()
  }
  child.stdout.on('data', note)
  child.stderr.on('data', note)
  const outcome = new Promise<Outcome>((resolve) => child.once('close', (exitCode) => resolve({ exitCode, output })))
  const printed = (sign: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const watch = () => sign.test(output) && resolve()
      watchers.add(watch)
      watch()
      void outcome.then(() => reject(new Error(`It never printed ${sign}:\n${output}`)))
    })
  return { child, outcome, printed }
}

/** Runs `neotool` to its end. */
export const neotool = (args: readonly string[], options?: Options): Promise<Outcome> => start(args, options).outcome

/** Runs `neotool`, which must succeed, and answers what it printed. */
export const succeed = async (...args: string[]): Promise<string> => {
  const { exitCode, output } = await neotool(args)
  expect(exitCode, output).toBe(0)
  return output
}

export type Parts = Readonly<Record<string, PartStatus>>

/** What `status --json` says, by the names of the parts. */
export const statusOf = async (name: string): Promise<Parts> => {
  const parts = JSON.parse(await succeed('status', '--name', name, '--json')) as PartStatus[]
  return Object.fromEntries(parts.map((part) => [part.name, part]))
}

/** The parts of an environment once all are ready: one that answers late is said to start. */
export const untilAllReady = (ask: () => Promise<Parts>): Promise<Parts> =>
  eventually('all parts ready', ask, (parts) => Object.values(parts).every(({ state }) => state === 'ready'))

/** One part of a status; fails where there is none. */
export const partOf = (parts: Parts, name: string): PartStatus => {
  const part = parts[name]
  if (!part) throw new Error(`There is no part ${name} among ${Object.keys(parts).join(', ')}.`)
  return part
}

/** The pid of a part that runs. */
export const pidOf = (parts: Parts, name: string): number => {
  const { pid } = partOf(parts, name)
  if (pid === null) throw new Error(`${name} does not run.`)
  return pid
}

/** The environment variables of a process. */
export const variablesOf = (pid: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    readFileSync(`/proc/${pid}/environ`, 'utf8')
      .split('\0')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

/** The program of a process and its arguments. */
export const commandOf = (pid: number): readonly string[] =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1)

export const isRunning = (pid: number): boolean => {
  try {
    // A process that has ended and waits for its parent to look is no longer running.
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
