import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, inject, it } from 'vitest'
import { send, signIn, signUp } from './graphql.ts'
import { neotool, partOf, pidOf, root, start, statusOf, succeed, variablesOf } from './neotool.ts'

const [one, two] = inject('copies').map(({ name }) => name) as [string, string]

// Another file may have stopped them.
beforeAll(() => Promise.all([one, two].map((name) => succeed('up', '--name', name, '--no-seed'))))

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

it('gives two copies their own ports, cookies, brokers, buckets and databases', async () => {
  const copies = await Promise.all([one, two].map(statusOf))
  const urls = copies.flatMap((parts) => Object.values(parts).flatMap(({ url }) => url ?? []))
  expect(new Set(urls).size).toBe(urls.length)
  expect(urls.every((url) => !/:(3000|400\d)\b/.test(url))).toBe(true)
  const differs = (part: string, variable: string) => {
    const values = copies.map((parts) => variablesOf(pidOf(parts, part))[variable])
    expect(values).not.toContain(undefined)
    expect(values[0], variable).not.toBe(values[1])
  }
  differs('web', 'WEB_COOKIE_PREFIX')
  differs('app', 'APP_KAFKA_BROKERS')
  differs('app', 'APP_POSTGRES_URL')
  differs('assets', 'ASSETS_S3_ENDPOINT')
  differs('assets', 'ASSETS_S3_SECRET_ACCESS_KEY')
})

it('keeps accounts and tokens of one copy out of the other', async () => {
  const [here, there] = await Promise.all([statusOf(one), statusOf(two)])
  await signUp(here, 'ana@example.com')
  const { token } = await signIn(here, 'ana@example.com')
  expect(token).toBeDefined()
  expect(await signIn(there, 'ana@example.com')).toEqual({ reason: 'CREDENTIALS_WRONG' })
  const products = '{ products(first: 1) { edges { node { id } } } }'
  expect((await send(here, products, {}, token)).errors).toBeUndefined()
  expect((await send(there, products, {}, token)).errors?.[0]?.extensions).toMatchObject({ reason: 'TOKEN_INVALID' })
})

it('shows all copies in one table, and as JSON', async () => {
  const table = await succeed('status', '--all')
  for (const name of [one, two]) expect(table).toMatch(new RegExp(`^${name} +ready +\\d+ of \\d+ +http`, 'm'))
  const all = JSON.parse(await succeed('status', '--all', '--json')) as { name: string; parts: unknown[] }[]
  expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining([one, two]))
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
