import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive, untilTrue } from '../processes.ts'
import { type Entry, recordsOf } from './records.ts'
import { supervise } from './supervise.ts'

let directory = ''
let records = recordsOf('')

const sleeper = (generation: string): Entry => ({
  name: 'sleeper',
  generation,
  fingerprint: 'f',
  command: 'sleep',
  args: ['300'],
  cwd: '/',
  env: { PATH: process.env.PATH ?? '' },
  user: null,
  logFile: join(directory, 'logs/sleeper.log'),
  stopSignal: 'SIGTERM',
  graceMs: 2_000,
})

const current = () => {
  const identity = records.readActual().parts.sleeper?.identity
  return identity && isAlive(identity) ? identity : undefined
}

const running = async (isExpected: (pid: number) => boolean = () => true) => {
  const isThere = () => isExpected(current()?.pid ?? 0) && current() !== undefined
  expect(await untilTrue(isThere, 60_000)).toBe(true)
  const identity = current()
  if (!identity) throw new Error('it ended again')
  return identity
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'neotool-supervise-'))
  for (const part of ['run', 'logs']) mkdirSync(join(directory, part))
  records = recordsOf(directory)
})

afterEach(() => {
  const left = current()
  if (left) process.kill(left.pid, 'SIGKILL')
  rmSync(directory, { recursive: true, force: true })
})

test('a part that is killed comes back, with the reason on record', async () => {
  records.writeDesired({ supervisor: 'v1', entries: [sleeper('one')] })
  const supervisor = supervise(directory, 'v1', () => {})
  const first = await running()
  process.kill(first.pid, 'SIGKILL')
  await running((pid) => pid !== first.pid)
  expect(records.readActual().parts.sleeper).toMatchObject({ crashes: 1, lastExit: 'was ended by SIGKILL' })
  records.writeDesired({ supervisor: 'v1', entries: [] })
  expect(await untilTrue(() => current() === undefined, 60_000)).toBe(true)
  records.writeDesired({ supervisor: null, entries: [] })
  await supervisor
})

test('a supervisor leaves the parts to its successor, which takes them as they are', async () => {
  records.writeDesired({ supervisor: 'v1', entries: [sleeper('one')] })
  const old = supervise(directory, 'v1', () => {})
  const { pid } = await running()
  records.writeDesired({ supervisor: 'v2', entries: [sleeper('one')] })
  await old
  const successor = supervise(directory, 'v2', () => {})
  expect(await untilTrue(() => records.readActual().supervisor?.fingerprint === 'v2', 60_000)).toBe(true)
  expect(current()?.pid).toBe(pid)
  records.writeDesired({ supervisor: 'v2', entries: [sleeper('two')] })
  await running((other) => other !== pid)
  records.writeDesired({ supervisor: null, entries: [] })
  await successor
})

test('when the directory is gone, everything is stopped', async () => {
  records.writeDesired({ supervisor: 'v1', entries: [sleeper('one')] })
  const supervisor = supervise(directory, 'v1', () => {})
  const identity = await running()
  rmSync(directory, { recursive: true })
  await supervisor
  expect(isAlive(identity)).toBe(false)
})
