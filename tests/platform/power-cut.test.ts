/*
 * The machine goes off under a running copy and comes back: all processes have gone at once, nothing was tidied up, the boot
 * is another one, and every pid on record belongs to a stranger by now, some with the start time on record.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { identify, isStopped, type ProcessIdentity, treeOf } from '@neotool/platform/processes'
import { recordsOf } from '@neotool/platform/supervisor/records'
import { eventually } from '@neotool/testkit/eventually'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { expectBelongings, makeBelongings, openSession } from './belongings.ts'
import { commandOf, isRunning, type Parts, pidOf, root, statusOf, succeed, untilAllReady } from './neotool.ts'

const [, two] = inject('copies').map(({ name }) => name) as [string, string]
const records = recordsOf(join(root, '.neotool', two))
const strangers: ChildProcess[] = []

beforeAll(() => succeed('up', '--name', two, '--no-seed'))
afterAll(() => {
  for (const stranger of strangers) stranger.kill('SIGKILL')
})

const startStranger = (user: { uid?: number; gid?: number } = {}): ProcessIdentity => {
  const stranger = spawn('sleep', ['600'], { cwd: '/', stdio: 'ignore', detached: true, ...user })
  strangers.push(stranger)
  const identity = identify(stranger.pid ?? 0)
  if (!identity) throw new Error('sleep did not start')
  return identity
}

const killAtOnce = async (parts: Parts) => {
  const pids = treeOf(pidOf(parts, 'supervisor'))
  for (const name of Object.keys(parts)) pids.push(...treeOf(pidOf(parts, name)))
  const running = [...new Set(pids)].filter(isRunning)
  // So that none sees another one go and ends by itself.
  for (const pid of running) if (isRunning(pid)) process.kill(pid, 'SIGSTOP')
  await eventually('all of them stand still', () => running.every((pid) => isStopped(pid) || !isRunning(pid)))
  for (const pid of running) if (isRunning(pid)) process.kill(pid, 'SIGKILL')
  await eventually('none of them runs', () => !running.some(isRunning))
}

/** The records as the boot before has left them; every pid is taken. */
const recycleAll = () => {
  const { supervisor, parts } = records.readActual()
  const recycled = (): ProcessIdentity => ({ ...startStranger(), bootId: '5fb5a6f5-0000-4000-8000-c0ffee000000' })
  const entries = Object.entries(parts).map(([name, run]) => [name, { ...run, identity: recycled() }])
  records.writeActual({
    supervisor: supervisor && { ...supervisor, identity: recycled() },
    parts: Object.fromEntries(entries),
  })
}

/** PostgreSQL's lock file names a living process of its own user, before which it would give way. */
const recyclePostmaster = (directory: string) => {
  const file = join(directory, 'postmaster.pid')
  const [, ...lines] = readFileSync(file, 'utf8').split('\n')
  const { uid, gid } = statSync(file)
  writeFileSync(file, [startStranger({ uid, gid }).pid, ...lines].join('\n'))
}

/** The end of each Kafka log is half a record that did not reach the disk. */
const tearLogs = (directory: string) => {
  const logs = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.log'))
  const ours = logs.filter((path) => !path.startsWith('__'))
  expect(ours.length).toBeGreaterThan(0)
  for (const path of ours) appendFileSync(join(directory, path), Buffer.alloc(40, 0xa5))
}

it('comes up with the data that was there, and leaves the strangers alone', async () => {
  const before = await statusOf(two)
  const made = await makeBelongings(before, 'power@example.com')
  const postgresData = commandOf(pidOf(before, 'postgres'))[2] ?? ''
  const kafkaLog = join(dirname(commandOf(pidOf(before, 'kafka')).at(-1) ?? ''), 'log')

  await killAtOnce(before)
  recycleAll()
  recyclePostmaster(postgresData)
  tearLogs(kafkaLog)

  const states = Object.values(await statusOf(two)).map(({ state }) => state)
  expect(states.every((state) => state === 'failed')).toBe(true)
  await succeed('up', '--name', two, '--no-seed')
  const after = await untilAllReady(() => statusOf(two))
  const { accessToken } = await openSession(after, made.email)
  await expectBelongings(after, made, accessToken)
  expect(strangers.filter(({ pid }) => !isRunning(pid ?? 0))).toEqual([])
})

it('`down` takes nothing of the boot before for its own', async () => {
  await killAtOnce(await statusOf(two))
  recycleAll()
  await succeed('down', '--name', two)
  expect(Object.values(await statusOf(two)).every(({ state }) => state === 'stopped')).toBe(true)
  expect(strangers.filter(({ pid }) => !isRunning(pid ?? 0))).toEqual([])
})
