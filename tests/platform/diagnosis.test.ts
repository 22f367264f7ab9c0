import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { signIn, signUp } from './graphql.ts'
import { neotool, root, statusOf, succeed } from './neotool.ts'

const [one] = inject('copies').map(({ name }) => name) as [string]
const directory = join(root, '.neotool', one)
const scratch = mkdtempSync(join(tmpdir(), 'neotool-diagnosis-'))

beforeAll(() => succeed('up', '--name', one, '--no-seed'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

type Finding = { check: string; state: string; detail: string; fix?: string; isMendable: boolean }

const findings = async (...args: string[]): Promise<Finding[]> => {
  const { output } = await neotool(['doctor', '--json', ...args])
  return JSON.parse(output.slice(output.indexOf('['))) as Finding[]
}

it('looks at programs, disks, memory, clock and cache, and names a fix for whatever is not fine', async () => {
  const all = await findings()
  const checks = all.map(({ check }) => check)
  const expected = ['node', 'npm', 'java', 'mvn', 'go', 'node_modules', 'disk', 'memory', 'clock', 'cache']
  expect(checks).toEqual(expect.arrayContaining(expected))
  for (const { state, fix, detail } of all) if (state !== 'fine') expect(fix, detail).toBeTruthy()
})

it('finds what others may read and half-installed binaries, and mends both when it is told to', async () => {
  const secrets = join(directory, 'secrets.json')
  const cache = join(scratch, 'cache')
  const partial = join(cache, 'tool-1.0-x64.partial-abc123')
  mkdirSync(partial, { recursive: true })
  chmodSync(secrets, 0o644)
  const env = { NEOTOOL_CACHE: cache }
  const before = await neotool(['doctor'], { env })
  expect(before.exitCode).toBe(1)
  expect(before.output).toContain(`${secrets} is open to others (0644, not 0600)`)
  expect(before.output).toContain(`${partial} was never finished`)

  await neotool(['doctor', '--fix'], { env })
  expect(statSync(secrets).mode & 0o777).toBe(0o600)
  expect(statSync(partial, { throwIfNoEntry: false })).toBeUndefined()
  expect((await findings()).filter(({ detail }) => detail.includes(secrets))).toEqual([])
})

it('packs a support bundle in which no secret, token or address of a person is', async () => {
  const parts = await statusOf(one)
  await signUp(parts, 'telltale@example.com')
  const { token } = await signIn(parts, 'telltale@example.com')
  const secrets = Object.values(JSON.parse(readFileSync(join(directory, 'secrets.json'), 'utf8')) as object).map(String)
  const masterKey = readFileSync(join(directory, 'keystore/master.key'), 'utf8').trim()
  // As a careless part might log them.
  const careless = [...secrets, masterKey].map((secret) => `${secret} ${encodeURIComponent(secret)}\n`).join('')
  writeFileSync(join(directory, 'logs/web.log'), `${careless}${token}\ntelltale@example.com\n`, { flag: 'a' })

  const archive = join(scratch, 'bundle.tar.gz')
  await succeed('support-bundle', '--output', archive)
  expect(statSync(archive).mode & 0o777).toBe(0o600)
  const content = execFileSync('tar', ['-xzOf', archive], { encoding: 'utf8', maxBuffer: 64e6 })
  expect(content).toContain('"commit"')
  expect(content).toContain('[secret]')
  for (const secret of [...secrets, masterKey, token ?? '', 'telltale@example.com']) {
    expect(content.includes(secret), 'a secret is in the bundle').toBe(false)
    expect(content.includes(encodeURIComponent(secret)), 'a secret is in the bundle').toBe(false)
  }
  const names = execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' })
  expect(names).not.toMatch(/secrets\.json|keystore|desired\.json/)
})
