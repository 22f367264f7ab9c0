import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Admin } from '@platformatic/kafka'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { send, signIn, signUp } from './graphql.ts'
import {
  commandOf,
  neotool,
  type Parts,
  partOf,
  pidOf,
  root,
  start,
  statusOf,
  succeed,
  untilAllReady,
  variablesOf,
} from './neotool.ts'

const [one, two] = inject('copies').map(({ name }) => name) as [string, string]

const three = 'copy-three'

// Another file may have stopped the two.
beforeAll(() => Promise.all([one, two, three].map((name) => succeed('up', '--name', name, '--no-seed'))))
afterAll(() => succeed('down', '--name', three, '--volumes', '--yes'))

it('prints plain lines where there is no terminal: no colours, no cursor movements', () => {
  for (const { output } of inject('copies')) {
    expect(output).toMatch(/^✔ web {2}/m)
    expect([output.includes('\u001b'), output.includes('\r')]).toEqual([false, false])
  }
})

it('uses colours on a terminal, unless NO_COLOR is set', () => {
  const onTerminal = (env: NodeJS.ProcessEnv) =>
    execFileSync('script', ['--quiet', '--command', `'${join(root, 'neotool')}' status --name ${one}`, '/dev/null'], {
      // Node paints nothing where CI is set, terminal or not.
      env: { ...process.env, CI: undefined, FORCE_COLOR: undefined, NO_COLOR: undefined, TERM: 'xterm', ...env },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  expect(onTerminal({})).toContain('\u001b[32mready')
  expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\u001b[')
})

it('gives three copies their own ports, cookies, brokers, buckets and databases', async () => {
  const copies = await Promise.all([one, two, three].map(statusOf))
  const urls = copies.flatMap((parts) => Object.values(parts).flatMap(({ url }) => url ?? []))
  expect(new Set(urls).size).toBe(urls.length)
  expect(urls.every((url) => !/:(3000|400\d)\b/.test(url))).toBe(true)
  const expectOwn = (part: string, variable: string) => {
    const values = copies.map((parts) => variablesOf(pidOf(parts, part))[variable])
    expect(values).not.toContain(undefined)
    expect(new Set(values).size, variable).toBe(copies.length)
  }
  expectOwn('web', 'WEB_COOKIE_PREFIX')
  expectOwn('app', 'APP_KAFKA_BROKERS')
  expectOwn('app', 'APP_POSTGRES_URL')
  expectOwn('assets', 'ASSETS_S3_ENDPOINT')
  expectOwn('assets', 'ASSETS_S3_SECRET_ACCESS_KEY')
})

it('keeps topics and objects of one copy out of the others', async () => {
  const copies = await Promise.all([one, two, three].map(statusOf))
  const withAdmin = async <Result>(parts: Parts, work: (admin: Admin) => Promise<Result>): Promise<Result> => {
    const { host } = new URL(partOf(parts, 'kafka').url ?? '')
    const admin = new Admin({ clientId: 'copies', bootstrapBrokers: [host] })
    return work(admin).finally(() => admin.close())
  }
  const [first] = copies as [Parts]
  await withAdmin(first, (admin) => admin.createTopics({ topics: ['of-copy-one'], partitions: 1, replicas: 1 }))
  const topics = await Promise.all(copies.map((parts) => withAdmin(parts, (admin) => admin.listTopics())))
  expect(topics.map((names) => names.includes('of-copy-one'))).toEqual([true, false, false])

  const directories = copies.map((parts) => commandOf(pidOf(parts, 'minio')).at(-1) ?? '')
  expect(new Set(directories).size).toBe(copies.length)
  for (const directory of directories) expect(existsSync(join(directory, 'neotool-assets')), directory).toBe(true)
})

it('keeps accounts and tokens of one copy out of the others', async () => {
  const [here, ...others] = (await Promise.all([one, two, three].map(statusOf))) as [Parts, Parts, Parts]
  await signUp(here, 'ana@example.com')
  const { token } = await signIn(here, 'ana@example.com')
  expect(token).toBeDefined()
  const products = '{ products(first: 1) { edges { node { id } } } }'
  expect((await send(here, products, {}, token)).errors).toBeUndefined()
  for (const there of others) {
    expect(await signIn(there, 'ana@example.com')).toEqual({ reason: 'CREDENTIALS_WRONG' })
    expect((await send(there, products, {}, token)).errors?.[0]?.extensions).toMatchObject({ reason: 'TOKEN_INVALID' })
  }
})

it('shows all copies in one table, and as JSON', async () => {
  await Promise.all([one, two, three].map((name) => untilAllReady(() => statusOf(name))))
  const table = await succeed('status', '--all')
  for (const name of [one, two, three]) expect(table).toMatch(new RegExp(`^${name} +ready +\\d+ of \\d+ +http`, 'm'))
  const all = JSON.parse(await succeed('status', '--all', '--json')) as { name: string; parts: unknown[] }[]
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining([one, two, three]))
})

it('does next to nothing when it is run again', async () => {
  const before = await statusOf(one)
  await succeed('up', '--name', one, '--no-seed')
  const after = await statusOf(one)
  for (const name of Object.keys(before)) expect(pidOf(after, name), name).toBe(pidOf(before, name))
})

it('follows a log until it is interrupted', async () => {
  const parts = await statusOf(one)
  const logs = start(['logs', 'gateway', '--name', one, '--follow', '--lines', '0'])
  const asking = setInterval(() => void send(parts, '{ doesNotExist }').catch(() => {}), 100)
  await logs.printed(/"level"/).finally(() => clearInterval(asking))
  logs.child.kill('SIGINT')
  expect((await logs.outcome).exitCode).toBe(0)
})

it('says in one line what is wrong with a command, by exit code 2', async () => {
  const wrong = [
    ['unknown-command'],
    ['up', '--unknown-option'],
    ['up', '--name', 'Not A Name'],
    ['logs', '--name', 'never-started'],
    ['logs', 'unknown-part', '--name', one],
    ['down', '--name', one, '--volumes'],
    ['status', '--all', '--name', one],
    ['completion', 'tcsh'],
  ]
  for (const args of wrong) {
    const { exitCode, output } = await neotool(args)
    expect(exitCode, `${args.join(' ')}: ${output}`).toBe(2)
    expect(output).not.toMatch(/^ +at /m)
  }
})

it('keeps the data over down and up, and deletes all of it when asked to', async () => {
  await signUp(await statusOf(two), 'kept@example.com')
  expect(await succeed('down', '--name', two)).toContain('Its data is kept')
  expect(Object.values(await statusOf(two)).every(({ state }) => state === 'stopped')).toBe(true)
  await succeed('up', '--name', two, '--no-seed')
  expect((await signIn(await statusOf(two), 'kept@example.com')).token).toBeDefined()

  await succeed('down', '--name', two, '--volumes', '--yes')
  expect(existsSync(join(root, '.neotool', two))).toBe(false)
  expect(partOf(await statusOf(two), 'postgres')).toMatchObject({ state: 'stopped', pid: null, url: null })
})
