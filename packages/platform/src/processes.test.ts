import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { identify, isAlive, isStopped, killLeftovers, parseStat, stopProcess, treeOf, untilTrue } from './processes.ts'

const children: ChildProcess[] = []

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

/** Starts a shell in a group of its own, as the supervisor starts a part, and waits until it has printed a line. */
const shell = async (script: string) => {
  const child = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  children.push(child)
  const [chunk] = await once(child.stdout, 'data')
  const identity = identify(child.pid ?? 0)
  if (!identity) throw new Error('the shell did not start')
  return { identity, line: String(chunk).trim() }
}

test('a command with brackets and blanks in its name does not confuse the fields', () => {
  const fields = ['S', '1', '42', ...Array.from({ length: 14 }, () => '0'), '8', '0', '987', '0']
  expect(parseStat(`42 (a) b (c) ${fields.join(' ')}`)).toEqual({
    pid: 42,
    state: 'S',
    parentPid: 1,
    groupId: 42,
    threads: 8,
    startTime: '987',
  })
})

test('the same pid with another start time or another boot is another process', () => {
  const self = identify(process.pid)
  if (!self) throw new Error('this process is not in /proc')
  expect(isAlive(self)).toBe(true)
  expect(isAlive({ ...self, startTime: '1' })).toBe(false)
  expect(isAlive({ ...self, bootId: 'another' })).toBe(false)
})

test('a process is stopped from SIGSTOP to SIGCONT', async () => {
  const { identity } = await shell('echo up; exec sleep 600')
  expect(isStopped(identity.pid)).toBe(false)
  process.kill(identity.pid, 'SIGSTOP')
  expect(await untilTrue(() => isStopped(identity.pid), 60_000)).toBe(true)
  process.kill(identity.pid, 'SIGCONT')
  expect(await untilTrue(() => !isStopped(identity.pid), 60_000)).toBe(true)
})

test('a recycled pid is never signalled', async () => {
  const { identity } = await shell('echo up; exec sleep 600')
  await stopProcess({ ...identity, startTime: '1' }, { stopSignal: 'SIGKILL', graceMs: 100 })
  killLeftovers({ ...identity, startTime: '1' })
  expect(isAlive(identity)).toBe(true)
})

test('a process that ignores its stop signal is killed with its children after the grace period', async () => {
  const { identity, line } = await shell('trap "" TERM; sleep 600 & echo $!; wait; sleep 600')
  const child = identify(Number(line))
  if (!child) throw new Error('the child did not start')
  expect(treeOf(identity.pid)).toEqual(expect.arrayContaining([identity.pid, child.pid]))
  expect(await stopProcess(identity, { stopSignal: 'SIGTERM', graceMs: 200 })).toBe('killed')
  expect([isAlive(identity), isAlive(child)]).toEqual([false, false])
})

test('what a killed leader leaves behind in its group is killed', async () => {
  const { identity, line } = await shell('sleep 600 & echo $!; wait')
  const child = identify(Number(line))
  if (!child) throw new Error('the child did not start')
  process.kill(identity.pid, 'SIGKILL')
  await untilTrue(() => !isAlive(identity), 60_000)
  killLeftovers(identity)
  expect(await untilTrue(() => !isAlive(child), 60_000)).toBe(true)
})
