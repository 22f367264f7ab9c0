/*
 * Data of an earlier commit under this one, and of this one under the next: a copy of the checkout gets other sources
 * while it runs. The other suites run as whoever runs the tests; in case that is root, this one runs as an ordinary user.
 */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PartStatus } from '@neotool/platform/status'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Belongings, expectBelongings, makeBelongings, openSession, refreshSession } from './belongings.ts'
import {
  copyCheckout,
  copyCommit,
  copyInstalled,
  giveTo,
  hasOwnLockFile,
  isInClone,
  linkCache,
  pullInto,
} from './checkout.ts'
import { send, signIn } from './graphql.ts'
import { neotool, type Parts, partOf, untilAllReady } from './neotool.ts'
import { skipFor } from './skip.ts'

/**
 * Data that this commit's `up` made must open. It is the oldest state that anybody may come from: move it on, to the full
 * hash of a commit of main (`git rev-parse COMMIT`), when a release ends the support of what came before. Never because
 * its data do not open any more: that is what this file is there to find.
 */
const earlier = '170ddadbc4bc39cb8e82f288ad0ce20baa3dbf0d'
const isUpgrade = isInClone(earlier)

const name = 'upgrade'
const email = 'before@example.com'
const scratch = mkdtempSync(join(tmpdir(), 'neotool-upgrade-'))
const home = join(scratch, 'home')
const cache = join(scratch, 'cache')
let checkout = ''

// nobody, and its group in Debian.
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
// The earlier commit may name binaries that this one does not; they are fetched once more then, into a cache of their own.
const env = { NEOTOOL_CACHE: cache, ...(user && { HOME: home, USER: 'nobody' }) }

const run = (command: string, ...args: string[]) => neotool([command, '--name', name, ...args], { checkout, user, env })

const succeed = async (command: string, ...args: string[]): Promise<string> => {
  const { exitCode, output } = await run(command, ...args)
  expect(exitCode, output).toBe(0)
  return output
}

const status = async (): Promise<Parts> => {
  const parts = JSON.parse(await succeed('status', '--json')) as PartStatus[]
  return Object.fromEntries(parts.map((part) => [part.name, part]))
}

const giveAll = () => user && giveTo(checkout, user)

type State = {
  /** The names of the migrations that each service has applied. */
  readonly migrations: Readonly<Record<string, readonly string[]>>
  readonly secrets: Readonly<Record<string, string>>
}

const stateNow = async (): Promise<State> => {
  const migrations: Record<string, readonly string[]> = {}
  for (const service of readdirSync(join(checkout, 'services'))) {
    const output = await succeed('sql', '--json', '-c', 'select name from schema_migrations order by name', service)
    migrations[service] = (JSON.parse(output) as { name: string }[][]).flat().map((row) => row.name)
  }
  const secrets = JSON.parse(readFileSync(join(checkout, '.neotool', name, 'secrets.json'), 'utf8')) as State['secrets']
  return { migrations, secrets }
}

const migrationFiles = (service: string) =>
  readdirSync(join(checkout, 'services', service, 'migrations')).filter((file) => file.endsWith('.sql'))

const tryMigration = (sql: string) => writeFileSync(join(checkout, 'services/security/migrations/9000-try.sql'), sql)

let made: Belongings
let before: State

beforeAll(async () => {
  chmodSync(scratch, 0o755)
  mkdirSync(home)
  linkCache(cache)
  if (user) for (const path of [home, cache]) chownSync(path, user.uid, user.gid)
  checkout = isUpgrade ? copyCommit(scratch, earlier) : copyCheckout(scratch)
  if (hasOwnLockFile(checkout)) copyInstalled(checkout)
  // As whoever runs the tests, from their npm cache: the first command installs what the lock file names.
  else expect(await neotool(['help'], { checkout })).toMatchObject({ exitCode: 0 })
  giveAll()
  await succeed('up', '--no-seed')
  made = await makeBelongings(await status(), email)
  before = await stateNow()
}, 600_000)

afterAll(async () => {
  await run('down', '--volumes', '--yes')
  rmSync(scratch, { recursive: true, force: true })
})

it('opens the data of an earlier commit, while that runs', async (context) => {
  if (!isUpgrade) skipFor(`the commit ${earlier} is not in this clone: git fetch --unshallow`, context)
  pullInto(checkout, earlier)
  copyInstalled(checkout)
  giveAll()
  await succeed('up', '--no-seed')

  const parts = await untilAllReady(status)
  // The access token from before first: it is good, or to be refreshed, as of another release; a lost key would make it invalid.
  const { data, errors } = await send(parts, '{ currentUser { email } }', {}, made.session.accessToken)
  expect(data?.currentUser ?? errors?.[0]?.extensions.reason).toSatisfy(
    (answer) => answer === 'TOKEN_EXPIRED' || (answer as { email?: string }).email === email,
  )
  await expectBelongings(parts, made, (await refreshSession(parts, made.session)).accessToken)
  await expectBelongings(parts, made, (await openSession(parts, email)).accessToken)

  const after = await stateNow()
  expect(after.secrets).toMatchObject(before.secrets)
  for (const [service, names] of Object.entries(after.migrations)) {
    const expected = [...(before.migrations[service] ?? []), ...migrationFiles(service)]
    expect(names, service).toEqual(expect.arrayContaining(expected))
  }
}, 300_000)

it('leaves everything as it was when a migration fails, and says what to do', async () => {
  const running = await status()
  tryMigration('create table half_done (id int); alter table no_such_table add column late text;')
  const { exitCode, output } = await run('up', '--no-seed')
  expect(exitCode, output).toBe(1)
  expect(output).toContain('9000-try.sql failed and was rolled back; the database is as it was before it')
  expect(output).toContain('What to do: Mend the migration and run ./neotool up again.')
  const after = await status()
  expect(partOf(after, 'security')).toMatchObject({ state: 'ready', pid: partOf(running, 'security').pid })
  expect((await signIn(after, email)).token).toBeDefined()
})

it('opens the data that were there with the next migration, once that is good', async () => {
  const running = await status()
  // The name that failed half-way is free: nothing of it stayed.
  tryMigration('create table half_done (id int);')
  await succeed('up', '--no-seed')
  const after = await status()
  expect(partOf(after, 'security').pid).not.toBe(partOf(running, 'security').pid)
  await expectBelongings(after, made, (await openSession(after, email)).accessToken)
})
