import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type ProcessIdentity, untilTrue } from '@neotool/platform/processes'
import { environmentStatus, type PartStatus } from '@neotool/platform/status'
import { recordsOf } from '@neotool/platform/supervisor/records'
import { mostCrashes } from '@neotool/platform/supervisor/steps'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { isRunning, neotool, partOf, pidOf, root, statusOf, succeed, untilAllReady } from './neotool.ts'

const [one, two] = inject('copies').map(({ name }) => name) as [string, string]
const sleepers: ChildProcess[] = []

beforeAll(() => succeed('up', '--name', one, '--no-seed'))

afterAll(() => {
  for (const sleeper of sleepers) sleeper.kill('SIGKILL')
})

const until = async (name: string, part: string, condition: (part: PartStatus) => boolean): Promise<PartStatus> => {
  const deadline = Date.now() + 120_000
  for (;;) {
    // Asked for in this process: a command for each look would cost more than what is looked at.
    const status = (await environmentStatus(root, name)).find((each) => each.name === part)
    if (!status) throw new Error(`There is no part ${part}.`)
    if (condition(status)) return status
    if (Date.now() > deadline) throw new Error(`${part} stays ${JSON.stringify(status)}`)
    await delay(100)
  }
}

it('starts every part again that is killed, and shows that it ended', async () => {
  const before = await statusOf(one)
  const servers = ['postgres', 'kafka', 'pgbouncer', 'minio']
  const others = Object.keys(before).filter((name) => name !== 'supervisor' && !servers.includes(name))
  // The servers one by one under those that need them, then all of those at once.
  for (const group of [...servers.map((name) => [name]), others]) {
    for (const name of group) process.kill(pidOf(before, name), 'SIGKILL')
    // At once: what happened is told for a minute after it.
    const look = async (name: string) => {
      const after = await until(one, name, (part) => part.state === 'ready' && part.pid !== pidOf(before, name))
      expect(after.crash, name).toMatchObject({ count: 1, lastExit: 'was ended by SIGKILL', isGivenUp: false })
    }
    await Promise.all(group.map(look))
  }
  const after = await untilAllReady(() => statusOf(one))
  expect(pidOf(after, 'supervisor')).toBe(pidOf(before, 'supervisor'))
  expect(await succeed('status', '--name', one)).toContain('was ended by SIGKILL. It was started again and is ready.')
})

it('leaves the parts alone when the supervisor is killed; `up` starts another one', async () => {
  const before = await statusOf(one)
  process.kill(pidOf(before, 'supervisor'), 'SIGKILL')
  await until(one, 'supervisor', ({ state }) => state === 'failed')
  await succeed('up', '--name', one, '--no-seed')
  const after = await statusOf(one)
  for (const name of Object.keys(before)) {
    expect(pidOf(after, name) === pidOf(before, name), name).toBe(name !== 'supervisor')
  }
})

type Records = {
  supervisor: { identity: ProcessIdentity }
  parts: Record<string, { identity: ProcessIdentity | null; crashes: number; retryAt: number }>
}

const recordsFile = (name: string) => join(root, '.neotool', name, 'run/actual.json')
const readRecords = (name: string) => JSON.parse(readFileSync(recordsFile(name), 'utf8')) as Records
const writeRecords = (name: string, records: Records) => writeFileSync(recordsFile(name), JSON.stringify(records))

/** Replaces the supervisor by one that finds another record of the gateway, as if time had gone by. */
const superviseFrom = async (change: { readonly crashes: number }) => {
  process.kill(pidOf(await statusOf(one), 'supervisor'), 'SIGKILL')
  await until(one, 'supervisor', ({ state }) => state === 'failed')
  const { supervisor, parts } = readRecords(one)
  const { gateway } = parts
  if (!gateway) throw new Error('there is no record of the gateway')
  writeRecords(one, { supervisor, parts: { ...parts, gateway: { ...gateway, ...change, retryAt: 0 } } })
  const directory = join(root, '.neotool', one)
  const { supervisor: fingerprint } = recordsOf(directory).readDesired() ?? {}
  const main = join(root, 'packages/platform/src/supervisor/main.ts')
  spawn(process.execPath, [main, directory, fingerprint ?? ''], { cwd: '/', detached: true, stdio: 'ignore' }).unref()
  await until(one, 'supervisor', ({ state }) => state === 'ready')
}

const expectGivingUp = async () => {
  await superviseFrom({ crashes: mostCrashes - 1 })
  const { crash } = await until(one, 'gateway', (part) => part.crash?.isGivenUp === true)
  expect(crash).toMatchObject({ count: mostCrashes, retryAt: null })
  const shown = await succeed('status', '--name', one)
  expect(shown).toContain('It is not started again by itself. Mend the cause and run ./neotool up.')
  await superviseFrom({ crashes: mostCrashes })
  // It looks some times a second.
  const isStarted = () => readRecords(one).parts.gateway?.identity !== null
  expect(await untilTrue(isStarted, 1_000)).toBe(false)
}

it('reports a part that ends again and again, waits longer each time, gives up, and goes on with `up`', async () => {
  const { url, pid } = partOf(await statusOf(one), 'gateway')
  if (!url || !pid) throw new Error('the gateway does not run')
  // Takes the port in the half second before the part is started again, so that it cannot.
  process.kill(pid, 'SIGKILL')
  const thief = createServer()
  const take = () => thief.listen({ port: Number(new URL(url).port), host: '127.0.0.1' })
  thief.on('error', () => setTimeout(take, 20))
  take()
  try {
    // By itself, not by the test; it waits for the next time at this moment.
    const isCrashing = ({ crash }: PartStatus) =>
      crash?.lastExit.startsWith('exited') === true && crash.count >= 2 && crash.retryAt !== null
    const { crash } = await until(one, 'gateway', isCrashing)
    expect(crash?.lastExit).toMatch(/^exited with code \d/)
    expect(crash?.lastLines.join('\n')).toContain('EADDRINUSE')
    expect(Date.parse(crash?.retryAt ?? '')).toBeLessThan(Date.now() + 31_000)
    const shown = await succeed('status', '--name', one)
    expect(shown).toMatch(/gateway exited with code \d+, for the \d+\. time in a row\./)
    expect(shown).toContain('EADDRINUSE')
    await expectGivingUp()
  } finally {
    thief.close()
  }
  await succeed('up', '--name', one, '--no-seed')
  expect(partOf(await untilAllReady(() => statusOf(one)), 'gateway').crash).toBeNull()
})

it('does not let two `up` at once fight', async () => {
  await succeed('down', '--name', two, '--volumes', '--yes')
  const [first, second] = await Promise.all([
    neotool(['up', '--name', two, '--no-seed']),
    neotool(['up', '--name', two, '--no-seed']),
  ])
  expect([first.exitCode, second.exitCode], first.output + second.output).toEqual([0, 0])
  expect(first.output + second.output).toContain('Another command works on the environment')
  await untilAllReady(() => statusOf(two))
})

it('never touches a process that it did not start, whatever its records say', async () => {
  const records = readRecords(two)
  await succeed('down', '--name', two)
  // As after a long time: every pid on record now belongs to somebody else.
  const recycled = ({ startTime, bootId }: ProcessIdentity): ProcessIdentity => {
    const sleeper = spawn('sleep', ['600'], { stdio: 'ignore', detached: true })
    sleepers.push(sleeper)
    return { pid: sleeper.pid ?? 0, startTime, bootId }
  }
  for (const part of Object.values(records.parts)) if (part.identity) part.identity = recycled(part.identity)
  records.supervisor.identity = recycled(records.supervisor.identity)
  writeRecords(two, records)

  const states = Object.values(await statusOf(two)).map(({ state }) => state)
  expect(states.every((state) => state === 'failed')).toBe(true)
  await succeed('down', '--name', two)
  writeRecords(two, records)
  await succeed('up', '--name', two, '--no-seed')
  await succeed('down', '--name', two, '--volumes', '--yes')
  for (const sleeper of sleepers) expect(isRunning(sleeper.pid ?? 0)).toBe(true)
})
