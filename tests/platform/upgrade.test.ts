/*
 * Data of one release under the next: a copy of the checkout gets migrations that this one does not have. The other
 * suites run as whoever runs the tests; in case that is root, this one runs as an ordinary user.
 */
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PartStatus } from '@neotool/platform/status'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { copyCheckout, copyInstalled, giveTo } from './checkout.ts'
import { signIn, signUp } from './graphql.ts'
import { neotool, type Parts, partOf } from './neotool.ts'

const name = 'upgrade'
const email = 'before@example.com'
const scratch = mkdtempSync(join(tmpdir(), 'neotool-upgrade-'))
const home = join(scratch, 'home')
let checkout = ''

// nobody, and its group in Debian.
const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
const env = user && { HOME: home, USER: 'nobody', NEOTOOL_CACHE: process.env.NEOTOOL_CACHE || '/var/cache/neotool' }

const run = (command: string, ...args: string[]) =>
  neotool([command, '--name', name, ...args], { checkout, user, ...(env && { env }) })

const status = async (): Promise<Parts> => {
  const { output } = await run('status', '--json')
  return Object.fromEntries((JSON.parse(output) as PartStatus[]).map((part) => [part.name, part]))
}

const migration = (sql: string) => writeFileSync(join(checkout, 'services/security/migrations/9000-try.sql'), sql)

beforeAll(async () => {
  chmodSync(scratch, 0o755)
  checkout = copyCheckout(scratch)
  copyInstalled(checkout)
  mkdirSync(home)
  if (user) {
    chownSync(home, user.uid, user.gid)
    giveTo(checkout, user)
  }
  const { exitCode, output } = await run('up', '--no-seed')
  expect(exitCode, output).toBe(0)
  await signUp(await status(), email)
})

afterAll(async () => {
  await run('down', '--volumes', '--yes')
  rmSync(scratch, { recursive: true, force: true })
})

it('leaves everything as it was when a migration fails, and says what to do', async () => {
  const before = await status()
  migration('create table half_done (id int); alter table no_such_table add column late text;')
  const { exitCode, output } = await run('up', '--no-seed')
  expect(exitCode, output).toBe(1)
  expect(output).toContain('9000-try.sql failed and was rolled back; the database is as it was before it')
  expect(output).toContain('What to do: Mend the migration and run ./neotool up again.')
  const after = await status()
  expect(partOf(after, 'security')).toMatchObject({ state: 'ready', pid: partOf(before, 'security').pid })
  expect((await signIn(after, email)).token).toBeDefined()
})

it('opens the data that were there with the next migration, once that is good', async () => {
  const before = await status()
  // The name that failed half-way is free: nothing of it stayed.
  migration('create table half_done (id int);')
  const { exitCode, output } = await run('up', '--no-seed')
  expect(exitCode, output).toBe(0)
  const after = await status()
  expect(partOf(after, 'security').pid).not.toBe(partOf(before, 'security').pid)
  expect((await signIn(after, email)).token).toBeDefined()
})
