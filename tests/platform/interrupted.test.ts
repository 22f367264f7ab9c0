/*
 * `up` is ended in each of its phases, as it happens to people: kill -9, a terminal that is closed, Ctrl-C, SIGTERM. It runs
 * on a terminal, where it prints what it is doing at the moment, in a copy of the checkout with a cache of its own.
 * Each `up` goes on from what the one before has left.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { treeOf } from '@neotool/platform/processes'
import { environmentStatus, type PartStatus } from '@neotool/platform/status'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyCheckout, copyInstalled, linkCache } from './checkout.ts'
import { signIn } from './graphql.ts'
import { isRunning, neotool, type Outcome, type Parts, untilAllReady } from './neotool.ts'

const name = 'interrupted'
const scratch = mkdtempSync(join(tmpdir(), 'neotool-interrupted-'))
const cache = join(scratch, 'cache')
let checkout = ''

beforeAll(() => {
  // The user that PostgreSQL runs as must be able to enter the cache.
  chmodSync(scratch, 0o755)
  checkout = copyCheckout(scratch)
  copyInstalled(checkout)
  linkCache(cache)
})

afterAll(async () => {
  await run('down', '--volumes', '--yes')
  rmSync(scratch, { recursive: true, force: true })
})

const run = (command: string, ...args: string[]): Promise<Outcome> =>
  neotool([command, '--name', name, ...args], { checkout, env: { NEOTOOL_CACHE: cache } })

const succeed = async (command: string, ...args: string[]): Promise<string> => {
  const { exitCode, output } = await run(command, ...args)
  expect(exitCode, output).toBe(0)
  return output
}

const status = async (): Promise<Parts> => {
  const parts = JSON.parse(await succeed('status', '--json')) as PartStatus[]
  return Object.fromEntries(parts.map((part) => [part.name, part]))
}

type Terminal = {
  readonly terminal: ChildProcess
  /** The pid of `up`, which leads the terminal's foreground group. */
  readonly pid: number
  readonly outcome: Promise<Outcome>
  printed(sign: RegExp): Promise<void>
}

/** Starts `up` on a terminal that is large enough for all that it prints. */
const upOnTerminal = async (): Promise<Terminal> => {
  const { CI: _, FORCE_COLOR: __, ...env } = process.env
  const command = `stty rows 100 cols 250; echo "pid $$"; exec '${join(checkout, 'neotool')}' up --name ${name}`
  const terminal = spawn('script', ['--quiet', '--return', '--flush', '--command', command, '/dev/null'], {
    cwd: '/',
    env: { ...env, NEOTOOL_CACHE: cache, TERM: 'xterm' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  const watchers = new Set<() => void>()
  terminal.stdout.on('data', (chunk: Buffer) => {
    output = stripVTControlCharacters(output + String(chunk))
    for (const watch of watchers) watch()
  })
  const outcome = new Promise<Outcome>((resolve) => {
    terminal.once('close', (exitCode) => resolve({ exitCode, output }))
  })
  const printed = (sign: RegExp) =>
    new Promise<void>((resolve, reject) => {
      const watch = () => sign.test(output) && resolve()
      watchers.add(watch)
      watch()
      void outcome.then(() => reject(new Error(`It never printed ${sign}:\n${output}`)))
    })
  await printed(/pid \d+/)
  return { terminal, pid: Number(/pid (\d+)/.exec(output)?.[1]), outcome, printed }
}

/** The processes that have to do with the copy: by their working directory, or by what they were started with. */
const ownProcesses = (): number[] => {
  const isOwn = (pid: string) => {
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return commandLine.includes(scratch) || readlinkSync(`/proc/${pid}/cwd`).startsWith(scratch)
    } catch {
      return false
    }
  }
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && isOwn(entry))
    .map(Number)
    .filter(isRunning)
}

/** Waits until nothing runs but the parts and their supervisor. */
const expectNoOrphans = async () => {
  // What is told to end has two seconds before it is killed.
  const deadline = Date.now() + 60_000
  for (;;) {
    const parts = await environmentStatus(checkout, name)
    const trees = parts.flatMap(({ pid }) => (pid === null ? [] : treeOf(pid)))
    const orphans = ownProcesses().filter((pid) => !trees.includes(pid))
    if (orphans.length === 0) return
    if (Date.now() > deadline) expect(orphans.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'))).toEqual([])
    await delay(100)
  }
}

const endings = {
  'kill -9': ({ pid }: Terminal) => process.kill(pid, 'SIGKILL'),
  'kill -9 of its group': ({ pid }: Terminal) => process.kill(-pid, 'SIGKILL'),
  'a closed terminal': ({ terminal }: Terminal) => terminal.kill('SIGKILL'),
  'Ctrl-C': ({ terminal }: Terminal) => terminal.stdin?.write('\u0003'),
  SIGTERM: ({ pid }: Terminal) => process.kill(pid, 'SIGTERM'),
}

type Phase = readonly [phase: string, sign: RegExp, ...ends: (keyof typeof endings)[]]

/** One case for each way in which a phase ends. */
const casesOf = (...phases: readonly Phase[]) =>
  phases.flatMap(([phase, sign, ...ends]) => ends.map((end) => [phase, end, sign] as const))

const endIn = async (_phase: string, end: keyof typeof endings, sign: RegExp) => {
  const up = await upOnTerminal()
  await up.printed(sign)
  endings[end](up)
  const { exitCode, output } = await up.outcome
  if (end === 'Ctrl-C' || end === 'SIGTERM') {
    expect(exitCode, output).toBe(130)
    expect(output).toContain('Interrupted. What had started is running: ./neotool up goes on from here')
  }
  await expectNoOrphans()
  await succeed('status')
}

const starting = casesOf(
  ['making the databases', /preparing the data directory/, 'kill -9 of its group', 'SIGTERM'],
  ['starting the servers', /✔ postgres/, 'kill -9'],
  ['migrating', /migrating its database/, 'kill -9', 'Ctrl-C'],
  ['starting the services', /✔ (security|app|assets|assistant)/, 'kill -9 of its group'],
  ['composing the supergraph', /composing the supergraph/, 'kill -9'],
  ['starting the web', /✔ gateway/, 'a closed terminal'],
  ['making the administrator', /sample data[\s\S]*administrator/, 'kill -9'],
  ['making the catalogue', /sample data[\s\S]*catalogue/, 'Ctrl-C'],
)

it.each(starting)('while %s: after %s nothing is left that runs on', endIn)

it('comes up after all of that, and still knows the password that nobody has seen', async () => {
  const output = await succeed('up')
  const [, email = '', password = ''] = /Administrator {2}(\S+)\nPassword {7}(\S+)/.exec(output) ?? []
  const parts = await untilAllReady(status)
  expect((await signIn(parts, email, password)).token, output).toBeDefined()
  expect(await succeed('up')).not.toContain('Password')
  expect(readFileSync(join(checkout, '.neotool', name, 'secrets.json'), 'utf8')).not.toContain('administrator password')
})

it('stops all of it, with binaries and the web yet to be made for the next time', async () => {
  const up = await upOnTerminal()
  await up.printed(/✔ kafka/)
  endings['kill -9'](up)
  await succeed('down')
  await expectNoOrphans()
  for (const entry of readdirSync(cache)) if (entry.startsWith('minio-')) rmSync(join(cache, entry))
  rmSync(join(checkout, 'web/.next/neotool-sources'))
})

// MinIO's build takes minutes where Go has nothing of it in its cache.
const BUILD_MS = 900_000

const making = casesOf(
  ['fetching binaries', /MinIO[\s\S]*(building|compiling)/, 'kill -9', 'Ctrl-C', 'a closed terminal'],
  ['building the web', /Creating an optimized/, 'kill -9', 'a closed terminal'],
)

it.each(making)('while %s: after %s nothing is left that runs on', endIn, BUILD_MS)

it(
  'makes what is missing, and leaves nothing half-made',
  async () => {
    await succeed('up')
    await untilAllReady(status)
    expect(readdirSync(cache).filter((entry) => /partial|damaged/.test(entry))).toEqual([])
  },
  BUILD_MS,
)
