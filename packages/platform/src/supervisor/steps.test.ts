import { expect, test } from 'vitest'
import type { Entry, Run } from './records.ts'
import { backoffMs, endedRun, mostCrashes, nextSteps, wellAfterMs } from './steps.ts'

const identity = { pid: 1, startTime: '1', bootId: 'boot' }

const entry = (name: string, generation = 'one'): Entry => ({
  name,
  generation,
  fingerprint: 'f',
  command: 'sleep',
  args: [],
  cwd: '/',
  env: {},
  user: null,
  logFile: '/dev/null',
  stopSignal: 'SIGTERM',
  graceMs: 1_000,
})

const run = (changes: Partial<Run> = {}): Run => ({
  generation: 'one',
  fingerprint: 'f',
  stopSignal: 'SIGTERM',
  graceMs: 1_000,
  identity,
  startedAt: 0,
  crashes: 0,
  retryAt: 0,
  lastExit: null,
  ...changes,
})

const alive = { isAlive: () => true, now: 1_000 }
const dead = { isAlive: () => false, now: 1_000 }

test('nothing is to do when what runs is what shall run', () => {
  expect(nextSteps({ entries: [entry('app')] }, { parts: { app: run() } }, alive)).toEqual([])
})

test('what shall run and does not is started', () => {
  expect(nextSteps({ entries: [entry('app')] }, { parts: {} }, alive)).toEqual([{ kind: 'start', entry: entry('app') }])
})

test('what runs and shall not is stopped', () => {
  expect(nextSteps({ entries: [] }, { parts: { app: run() } }, alive)).toEqual([
    { kind: 'stop', name: 'app', run: run() },
  ])
})

test('a part of another generation is stopped first and started when it is gone', () => {
  const desired = { entries: [entry('app', 'two')] }
  expect(nextSteps(desired, { parts: { app: run() } }, alive)).toEqual([{ kind: 'stop', name: 'app', run: run() }])
  expect(nextSteps(desired, { parts: {} }, alive)).toEqual([{ kind: 'start', entry: entry('app', 'two') }])
})

test('an end that nobody asked for is noted, and the part is started again only when its time has come', () => {
  const desired = { entries: [entry('app')] }
  expect(nextSteps(desired, { parts: { app: run() } }, dead)).toEqual([{ kind: 'note end', name: 'app', run: run() }])
  const ended = endedRun(run(), 'exited with code 1', 1_000)
  expect(nextSteps(desired, { parts: { app: ended } }, { ...dead, now: ended.retryAt - 1 })).toEqual([])
  expect(nextSteps(desired, { parts: { app: ended } }, { ...dead, now: ended.retryAt })).toHaveLength(1)
})

test('a part that failed and is wanted no more stays in the record, for its state to be told', () => {
  expect(nextSteps({ entries: [] }, { parts: { app: run({ identity: null }) } }, dead)).toEqual([])
})

test('each crash in a row doubles the wait, up to half a minute; a good run starts anew', () => {
  expect([1, 2, 3, 4].map(backoffMs)).toEqual([500, 1_000, 2_000, 4_000])
  expect(backoffMs(50)).toBe(30_000)
  expect(endedRun(run({ crashes: 5 }), 'x', 1_000).crashes).toBe(6)
  expect(endedRun(run({ crashes: 5 }), 'x', wellAfterMs + 1).crashes).toBe(1)
})

test('a part that ends again and again is left alone in the end, until a person asks for it anew', () => {
  const hopeless = run({ identity: null, crashes: mostCrashes })
  const later = { ...dead, now: 1e9 }
  expect(nextSteps({ entries: [entry('app')] }, { parts: { app: hopeless } }, later)).toEqual([])
  const again = entry('app', 'two')
  expect(nextSteps({ entries: [again] }, { parts: { app: hopeless } }, later)).toEqual([
    { kind: 'start', entry: again },
  ])
})
