/* Provokes what goes wrong on other people's machines: each must be one clear message with its remedy and exit code. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { copyCheckout, copyInstalled, linkCache, ownCache } from './checkout.ts'
import { neotool, type Outcome, root } from './neotool.ts'
import { skipFor } from './skip.ts'

const name = 'broken'
const directory = join(root, '.neotool', name)
const isRoot = process.getuid?.() === 0
const hash = createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 12)
const dataDirectory = isRoot ? `/var/lib/neotool/${hash}-${name}` : join(directory, 'data')

let scratch = ''
const mounts: string[] = []

const down = () => neotool(['down', '--name', name, '--volumes', '--yes'])

const clean = () => {
  for (const path of mounts.splice(0)) execFileSync('umount', [path])
  for (const path of [directory, dataDirectory]) rmSync(path, { recursive: true, force: true })
}

beforeEach(async () => {
  await down()
  clean()
  scratch = mkdtempSync(join(tmpdir(), 'neotool-errors-'))
  // The user that PostgreSQL runs as must be able to enter a cache in it.
  chmodSync(scratch, 0o755)
})

afterEach(async () => {
  await down()
  clean()
  rmSync(scratch, { recursive: true, force: true })
})

const up = (env: NodeJS.ProcessEnv = {}, at?: { name?: string; checkout?: string }): Promise<Outcome> =>
  neotool(['up', '--name', at?.name ?? name, '--no-seed'], { env, ...(at?.checkout && { checkout: at.checkout }) })

const expectFailure = ({ exitCode, output }: Outcome, code: number, ...told: readonly (string | RegExp)[]) => {
  expect(exitCode, output).toBe(code)
  for (const each of told) expect(output).toMatch(each)
  // Neotool's own stack traces are no help to anybody.
  expect(output).not.toMatch(/^ +at .*packages\/(cli|platform)/m)
}

/** A PATH with all that this one has, except for some programs. */
const pathWithout = (...programs: string[]): string => {
  const bin = join(scratch, 'bin')
  mkdirSync(bin)
  for (const part of (process.env.PATH ?? '').split(delimiter).filter((each) => existsSync(each))) {
    for (const program of readdirSync(part)) {
      if (programs.includes(program) || existsSync(join(bin, program))) continue
      try {
        symlinkSync(realpathSync(join(part, program)), join(bin, program))
      } catch {
        // A dangling link on the PATH is no program either.
      }
    }
  }
  return bin
}

/** A cache that has all but some binaries. */
const cacheWithout = (prefix: string) => linkCache(join(scratch, 'cache'), { without: [prefix] })

/** Mounts a small file system; false where this user or this container may not. */
const mountSmallDisk = (path: string, size: string): boolean => {
  mkdirSync(path, { recursive: true })
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'neotool-test', path], { stdio: 'ignore' })
    mounts.push(path)
    return true
  } catch {
    return false
  }
}

/** What is left of an environment whose passwords are known. */
const makeEnvironment = () => {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  writeFileSync(join(directory, 'secrets.json'), '{}', { mode: 0o600 })
}

it('no Java', async () => {
  const outcome = await up({ PATH: pathWithout('java'), JAVA_HOME: undefined })
  expectFailure(outcome, 3, 'Kafka needs Java: java was not found', 'What to do: Install Java 17 or later')
})

it('no Go, and MinIO is yet to be built', async () => {
  const outcome = await up({ PATH: pathWithout('go'), NEOTOOL_CACHE: cacheWithout('minio-') })
  expectFailure(outcome, 3, 'go was not found', 'What to do: Install Go')
})

it('no Node at all', async () => {
  const outcome = await neotool(['status'], { env: { PATH: pathWithout('node') } })
  expectFailure(outcome, 3, 'Node was not found. Install Node 20 or later')
})

it('a registry that cannot be reached', async () => {
  const env = {
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_cache: join(scratch, 'npm'),
    npm_config_fetch_retries: '0',
  }
  const outcome = await up({ ...env, NEOTOOL_CACHE: cacheWithout('postgres-') })
  expectFailure(outcome, 7, /ECONNREFUSED|EADDRNOTAVAIL/, 'npm needs a way to its registry')
})

it('a full disk under the cache', async (context) => {
  const cache = join(scratch, 'small')
  if (!mountSmallDisk(cache, '12m')) skipFor('no file system can be mounted here', context)
  linkCache(cache, { without: ['postgres-'] })
  expectFailure(await up({ NEOTOOL_CACHE: cache }), 5, 'A disk is full: free some space')
})

it('a full disk under the data', async (context) => {
  makeEnvironment()
  if (!mountSmallDisk(dataDirectory, '16m')) skipFor('no file system can be mounted here', context)
  expectFailure(await up(), 5, /No space left on device/i, 'A disk is full: free some space')
})

it('a program in the cache that a failing disk has changed', async () => {
  const cache = cacheWithout('postgres-')
  for (const entry of readdirSync(ownCache).filter((each) => /^postgres-.*(?<!lock)$/.test(each)))
    execFileSync('cp', ['-a', join(ownCache, entry), cache])
  const installed = readdirSync(cache, { recursive: true, encoding: 'utf8' })
  const found = installed.find((path) => path.endsWith('/native/bin/postgres')) ?? ''
  const program = join(cache, found)
  writeFileSync(program, Buffer.alloc(statSync(program).size))
  // Neither its size nor its time tells.
  execFileSync('touch', ['--reference', join(ownCache, found), program])

  expectFailure(
    await up({ NEOTOOL_CACHE: cache }),
    1,
    /postgres did not start\. .*native\/bin\/postgres/,
    'doctor --fix',
  )
  const doctor = await neotool(['doctor', '--fix'], { env: { NEOTOOL_CACHE: cache } })
  expect(doctor.output).toMatch(/^Mended: cache: .*native\/bin\/postgres/m)
  expect(existsSync(program)).toBe(false)
})

it('a directory that may not be written', async () => {
  const closed = join(scratch, 'closed')
  mkdirSync(closed, { mode: 0o500 })
  // Not even root writes to the kernel's own file system.
  const outcome = await up({ NEOTOOL_CACHE: isRoot ? '/sys/neotool' : join(closed, 'cache') })
  expectFailure(outcome, 6, /EACCES|EPERM|EROFS/, 'What to do: Files belong to another user')
})

it('data of another major version of PostgreSQL', async () => {
  makeEnvironment()
  mkdirSync(join(dataDirectory, 'postgres'), { recursive: true })
  writeFileSync(join(dataDirectory, 'postgres/PG_VERSION'), '17\n')
  const outcome = await up()
  expectFailure(
    outcome,
    1,
    "is PostgreSQL 17's; this Neotool runs 18",
    'What to do: Dump it with the Neotool that made it',
  )
  expect(existsSync(join(dataDirectory, 'postgres/PG_VERSION'))).toBe(true)
})

it('a state file that somebody has edited', async () => {
  makeEnvironment()
  writeFileSync(join(directory, 'state.json'), '{"ports": ')
  expectFailure(await up(), 1, /state\.json is not what Neotool wrote/, 'What to do: Restore the file')
})

it('a lock file that does not belong to package.json', async () => {
  const checkout = copyCheckout(scratch)
  const manifest = JSON.parse(execFileSync('cat', [join(checkout, 'package.json')], { encoding: 'utf8' })) as object
  writeFileSync(join(checkout, 'package.json'), JSON.stringify({ ...manifest, dependencies: { 'left-pad': '1.3.0' } }))
  const outcome = await neotool(['status'], { checkout })
  expectFailure(outcome, 1, 'package.json and package-lock.json do not belong together')
})

it('a registry that cannot be reached before the first command', async () => {
  const env = {
    npm_config_registry: 'http://127.0.0.1:9/',
    npm_config_cache: join(scratch, 'npm'),
    npm_config_fetch_retries: '0',
  }
  const outcome = await neotool(['status'], { checkout: copyCheckout(scratch), env })
  expectFailure(outcome, 7, 'npm could not fetch from http://127.0.0.1:9/')
})

it('a port of the default environment that another program has', async () => {
  const checkout = copyCheckout(scratch)
  copyInstalled(checkout)
  const server = createServer()
  // Whoever has it instead will do as well.
  await new Promise<void>((resolve) => {
    server.once('error', () => resolve())
    server.listen({ port: 4002, host: '127.0.0.1' }, resolve)
  })
  try {
    const outcome = await up({}, { name: 'default', checkout })
    expectFailure(
      outcome,
      4,
      /Port 4002, which security needs, is taken by (pid \d+ \(|another process)/,
      'up --name NAME',
    )
  } finally {
    await neotool(['down', '--volumes', '--yes'], { checkout })
    server.close()
  }
})
