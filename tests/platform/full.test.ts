import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@neotool/testkit/eventually'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { neotool, pidOf, root, statusOf, succeed, untilAllReady, variablesOf } from './neotool.ts'

const name = 'copy-full'
const directory = join(root, '.neotool', name, 'vault')

// Where Vault is not built yet, that comes first.
beforeAll(() => succeed('up', '--full', '--name', name, '--no-seed'), 1_800_000)
afterAll(() => succeed('down', '--name', name, '--volumes', '--yes'))

const statesOf = async () => (await succeed('keys', 'list', '--name', name)).match(/\b(next|current|previous)\b/g)

/** Where a process listens, as the kernel writes it: 127.0.0.1 is 0100007F (proc(5)). */
const listeningAddresses = (pid: number): string[] => {
  const descriptors = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`)
    } catch {
      // Closed meanwhile.
      return []
    }
  })
  const sockets = new Set(descriptors.filter((target) => target.startsWith('socket:')))
  return ['tcp', 'tcp6']
    .flatMap((table) => readFileSync(`/proc/net/${table}`, 'utf8').trim().split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state, , , , , , inode]) => state === '0A' && sockets.has(`socket:[${inode}]`))
    .map(([, local = '']) => local.split(':')[0] ?? '')
}

it('up --full keeps the signing keys in Vault, closed to others, and no core dump can hold them', async () => {
  const parts = await untilAllReady(() => statusOf(name))
  expect(Object.keys(parts)).toContain('vault')
  const security = pidOf(parts, 'security')
  const settings = Object.keys(variablesOf(security))
  expect(settings).toContain('SECURITY_VAULT_ADDRESS')
  expect(settings.filter((key) => key.startsWith('SECURITY_KEYSTORE'))).toEqual([])
  for (const pid of [security, pidOf(parts, 'vault')]) {
    expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/^Max core file size\s+0\s+0\s/m)
  }
  const files = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isFile())
  expect(files.map((file) => file.name).sort()).toEqual([
    'root-token',
    'security-approle.json',
    'unseal-key',
    'vault.json',
  ])
  for (const file of files) expect(statSync(join(directory, file.name)).mode & 0o077).toBe(0)
  // It listens on this machine alone.
  const addresses = listeningAddresses(pidOf(parts, 'vault'))
  expect(addresses.length).toBeGreaterThan(0)
  expect(new Set(addresses)).toEqual(new Set(['0100007F']))
})

it('neotool keys lists, rotates and retires them', async () => {
  expect(await statesOf()).toEqual(['next', 'current'])
  await succeed('keys', 'rotate', '--name', name)
  expect(await statesOf()).toEqual(['next', 'current', 'previous'])
  await succeed('keys', 'retire', '--name', name)
  expect(await statesOf()).toEqual(['next', 'current', 'previous'])
  const { exitCode, output } = await neotool(['keys', 'retire', 'nonsense', '--name', name])
  expect(exitCode).toBe(1)
  expect(output).toContain('There is no such key.')
  expect(output).not.toContain('    at ')
})

it('a Vault that was killed is started again and unsealed without an up', async () => {
  const before = await statusOf(name)
  process.kill(pidOf(before, 'vault'), 'SIGKILL')
  const isBack = (parts: typeof before) => parts.vault?.state === 'ready' && parts.vault.pid !== before.vault?.pid
  const after = await eventually('Vault', () => statusOf(name), isBack)
  expect(pidOf(after, 'security')).toBe(pidOf(before, 'security'))
  expect(await statesOf()).toEqual(['next', 'current', 'previous'])
})

it('an up without --full keeps what is full, and restarts nothing', async () => {
  const before = await statusOf(name)
  await succeed('up', '--name', name, '--no-seed')
  const after = await statusOf(name)
  for (const part of ['vault', 'security']) expect(pidOf(after, part)).toBe(pidOf(before, part))
})
