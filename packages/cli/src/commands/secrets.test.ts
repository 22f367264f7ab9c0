import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { bootstrapSecrets } from '@neotool/platform/kubernetes/secrets-table'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'

/*
 * Keeps Secrets as files, as an API server keeps them, and writes down what it was called with. `pause-at` holds the name of
 * a Secret before which it waits for ever; `race-at` one that somebody else makes just before it.
 */
const FAKE = `
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
const args = process.argv.slice(2)
const file = (name) => import.meta.dirname + '/' + name
const textOf = (name) => (existsSync(file(name)) ? readFileSync(file(name), 'utf8') : '')
const fail = (text) => { console.error('Error from server ' + text); process.exit(1) }
appendFileSync(file('calls'), JSON.stringify({ args, kubeconfig: process.env.KUBECONFIG }) + '\\n')
if (args[0] === 'get' && args[1] === 'namespace') process.stdout.write(textOf('namespaces'))
if (args[0] === 'get' && args[1] === 'secret') {
  process.stdout.write(textOf('secrets/' + args[4] + '.' + args[2]))
  if (textOf('broken')) fail('(Timeout): broken in the middle')
}
if (args[0] === 'create') {
  const object = JSON.parse(readFileSync(0, 'utf8'))
  const { namespace, name } = object.metadata
  const place = 'secrets/' + namespace + '.' + name
  if (textOf('pause-at') === name) {
    writeFileSync(file('paused'), '')
    await new Promise((resolve) => setTimeout(resolve, 60_000))
  }
  if (textOf('race-at') === name) writeFileSync(file(place), textOf('theirs'))
  if (existsSync(file(place))) fail('(AlreadyExists): error when creating "STDIN": secrets "' + name + '" already exists')
  writeFileSync(file(place), JSON.stringify(object, undefined, 4) + '\\n')
}
`

let bin = ''

const start = (args: readonly string[], path = `${bin}${delimiter}/usr/bin${delimiter}/bin`) =>
  execa(process.execPath, [join(checkout, 'packages/cli/src/main.ts'), 'secrets', 'bootstrap', ...args], {
    env: { PATH: path, HOME: bin, KUBECONFIG: 'of-the-person' },
    all: true,
    reject: false,
  })

const write = (name: string, content: string): string => {
  writeFileSync(join(bin, name), content)
  return join(bin, name)
}

/** All Secrets that the cluster has: their values by `namespace.name`. */
const stored = (): Record<string, Record<string, string>> =>
  Object.fromEntries(
    readdirSync(join(bin, 'secrets')).map((name) => {
      const { data } = JSON.parse(readFileSync(join(bin, 'secrets', name), 'utf8')) as { data: Record<string, string> }
      const values = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')])
      return [name, Object.fromEntries(values)]
    }),
  )

const calls = () =>
  readFileSync(join(bin, 'calls'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { args: string[]; kubeconfig: string })

const settingsOf = (service: string): Record<string, string> =>
  JSON.parse(stored()['neotool-security.service-settings']?.[`${service}.json`] ?? '{}')

const given = () => [
  '--smtp-url-file',
  write('smtp', 'smtps://neotool:mail-secret@mail.example\n'),
  '--s3-keys-file',
  write('s3', JSON.stringify({ accessKeyId: 'r2-id', secretAccessKey: 'r2-secret' })),
]

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'neotool-kubectl-'))
  mkdirSync(join(bin, 'secrets'))
  write('kubectl.mjs', FAKE)
  write('kubectl', `#!/bin/sh\nexec '${process.execPath}' '${join(bin, 'kubectl.mjs')}' "$@"\n`)
  chmodSync(join(bin, 'kubectl'), 0o755)
  const namespaces = ['neotool-data', 'neotool-storage', 'neotool-security', 'neotool-observability']
  write('namespaces', namespaces.map((name) => `namespace/${name}\n`).join(''))
})

afterEach(() => rmSync(bin, { recursive: true }))

test('the local environment gets each Secret of the table, with its keys, and what belongs together agrees', async () => {
  const { exitCode, all } = await start(['local'])
  expect(exitCode, all).toBe(exitCodes.done.code)
  const secrets = stored()
  const wanted = bootstrapSecrets('local').map(({ namespace, name, keys }) => [
    `${namespace}.${name}`,
    [...keys].sort(),
  ])
  expect(Object.fromEntries(Object.entries(secrets).map(([name, data]) => [name, Object.keys(data).sort()]))).toEqual(
    Object.fromEntries(wanted),
  )
  for (const service of ['app', 'security', 'assistant', 'assets']) {
    const { username, password } = secrets[`neotool-data.postgres-role-${service}`] ?? {}
    expect([username, password]).toEqual([`neotool_${service}`, expect.stringMatching(/^[0-9a-f]{48}$/)])
    const prefix = service.toUpperCase()
    expect(settingsOf(service)).toMatchObject({
      [`${prefix}_POSTGRES_URL`]: `postgres://${username}:${password}@pgbouncer.neotool-data.svc.cluster.local:5432/${username}`,
      [`${prefix}_POSTGRES_DIRECT_URL`]: `postgres://${username}:${password}@postgres.neotool-data.svc.cluster.local:5432/${username}`,
    })
    expect(secrets['neotool-data.pgbouncer-userlist']?.['userlist.txt']).toContain(`"${username}" "${password}"\n`)
  }
  const { username, password } = secrets['neotool-storage.minio-root'] ?? {}
  expect(settingsOf('assets')).toMatchObject({
    ASSETS_S3_ACCESS_KEY_ID: username,
    ASSETS_S3_SECRET_ACCESS_KEY: password,
  })
  expect(settingsOf('security').SECURITY_SMTP_URL).toBe('smtp://mail.invalid:25')
  expect(Buffer.from(settingsOf('app').APP_PERSONAL_DATA_KEY ?? '', 'base64')).toHaveLength(32)
  expect(all).toContain('no mail server (smtp://mail.invalid:25): nobody gets mail')
})

test('no value is printed or on a command line', async () => {
  const { exitCode, all } = await start(['prod', ...given()])
  expect(exitCode, all).toBe(exitCodes.done.code)
  const values = Object.values(stored()).flatMap((data) => Object.entries(data))
  const secrets = values.flatMap(([key, value]) =>
    key.endsWith('.json')
      ? Object.values(JSON.parse(value) as Record<string, string>)
      : key === 'username'
        ? []
        : [value],
  )
  expect(secrets.length).toBeGreaterThan(15)
  const seen = `${all}\n${JSON.stringify(calls())}`
  for (const value of secrets) {
    expect(seen).not.toContain(value)
    expect(seen).not.toContain(Buffer.from(value).toString('base64'))
  }
})

test('a second run changes nothing and says so', async () => {
  await start(['local'])
  const before = stored()
  const { exitCode, all } = await start(['local'])
  expect(exitCode, all).toBe(exitCodes.done.code)
  expect(stored()).toEqual(before)
  expect(all.match(/ kept\b/g)).toHaveLength(bootstrapSecrets('local').length)
  expect(all).not.toContain('made')
})

test('a run that was interrupted is continued with the same values', async () => {
  write('pause-at', 'minio-root')
  const interrupted = start(['local'])
  await vi.waitUntil(() => existsSync(join(bin, 'paused')), { timeout: 60_000 })
  interrupted.kill('SIGINT')
  const { exitCode, all } = await interrupted
  expect(exitCode, all).toBe(exitCodes.interrupted.code)
  expect(all).toContain('Interrupted. What was made stays; run it again for the rest.')
  const half = stored()
  expect(half['neotool-data.postgres-role-app']).toBeDefined()
  expect(half['neotool-security.service-settings']).toBeUndefined()
  rmSync(join(bin, 'pause-at'))
  expect((await start(['local'])).exitCode).toBe(exitCodes.done.code)
  expect(stored()).toMatchObject(half)
  expect(settingsOf('app').APP_POSTGRES_URL).toContain(half['neotool-data.postgres-role-app']?.password)
})

test('a Secret that somebody else makes meanwhile is theirs, and what follows is made from it', async () => {
  const encode = (text: string) => Buffer.from(text).toString('base64')
  write('race-at', 'postgres-role-app')
  write('theirs', JSON.stringify({ data: { username: encode('neotool_app'), password: encode('of/theirs') } }))
  const { exitCode, all } = await start(['local'])
  expect(exitCode, all).toBe(exitCodes.done.code)
  expect(all).toMatch(/postgres-role-app +kept/)
  expect(settingsOf('app').APP_POSTGRES_URL).toContain('neotool_app:of%2Ftheirs@')
})

test('lost settings are made again with the same passwords', async () => {
  await start(['local'])
  const { APP_POSTGRES_URL, APP_PERSONAL_DATA_KEY } = settingsOf('app')
  rmSync(join(bin, 'secrets/neotool-security.service-settings'))
  const { all } = await start(['local'])
  expect(settingsOf('app')).toMatchObject({ APP_POSTGRES_URL })
  expect(settingsOf('app').APP_PERSONAL_DATA_KEY).not.toBe(APP_PERSONAL_DATA_KEY)
  expect(all).toContain('where Vault has settings already, it keeps those')
})

test('a lost password that others still use is not made anew', async () => {
  await start(['local'])
  rmSync(join(bin, 'secrets/neotool-data.postgres-role-app'))
  const { exitCode, all } = await start(['local'])
  expect(exitCode, all).toBe(exitCodes.failed.code)
  expect(all).toContain(
    'pgbouncer-userlist was made from postgres-role-app, which is not there any more. Nothing was made.',
  )
  expect(stored()['neotool-data.postgres-role-app']).toBeUndefined()
})

test('a Secret without its keys is left alone, and named', async () => {
  write('secrets/neotool-data.postgres-role-app', JSON.stringify({ data: { username: 'YQ==' } }))
  const { exitCode, all } = await start(['local'])
  expect(exitCode, all).toBe(exitCodes.failed.code)
  expect(all).toContain('Secret neotool-data/postgres-role-app is there without password. Nothing was made.')
  expect(Object.keys(stored())).toEqual(['neotool-data.postgres-role-app'])
})

test('settings that were emptied because Vault has them are not made again', async () => {
  expect((await start(['prod', ...given()])).exitCode).toBe(exitCodes.done.code)
  write('secrets/neotool-security.service-settings', JSON.stringify({ data: {} }))
  const { exitCode, all } = await start(['prod'])
  expect(exitCode, all).toBe(exitCodes.done.code)
  expect(all).toMatch(/service-settings +kept/)
  expect(stored()['neotool-security.service-settings']).toEqual({})
})

test('production needs a mail server and an object storage, says so, and only once', async () => {
  const { exitCode, all } = await start(['prod'])
  expect(exitCode, all).toBe(exitCodes.usage.code)
  expect(all).toContain('Give --smtp-url-file FILE and --s3-keys-file FILE')
  expect(stored()).toEqual({})
  const made = await start(['prod', ...given()])
  expect(made.exitCode, made.all).toBe(exitCodes.done.code)
  expect(settingsOf('security').SECURITY_SMTP_URL).toBe('smtps://neotool:mail-secret@mail.example')
  expect(settingsOf('assets').ASSETS_S3_SECRET_ACCESS_KEY).toBe('r2-secret')
  expect(Object.keys(stored())).not.toContain('neotool-storage.minio-root')
  expect(made.all).toMatch(/vault-root +yours/)
  expect((await start(['prod'])).exitCode).toBe(exitCodes.done.code)
})

test.each([
  ['--smtp-url-file', 'mail.example a-secret', 'must hold one line: smtp://host:port'],
  ['--s3-keys-file', '{"accessKeyId": "a-secret"}', 'must hold {"accessKeyId"'],
])('a wrong file for %s is named, and not shown', async (option, content, message) => {
  const { exitCode, all } = await start(['prod', option, write('given', content)])
  expect(exitCode, all).toBe(exitCodes.usage.code)
  expect(all).toContain(message)
  expect(all).not.toContain('a-secret')
})

test('without the namespaces nothing is made', async () => {
  write('namespaces', 'namespace/neotool-data\n')
  const { exitCode, all } = await start(['local'])
  expect(exitCode, all).toBe(exitCodes.failed.code)
  expect(all).toContain('The cluster has no namespace neotool-storage, neotool-security, neotool-observability.')
  expect(all).toContain('kubectl apply --server-side -k infra/kubernetes/base/namespaces')
  expect(stored()).toEqual({})
})

test('what kubectl complains of is shown, and not what it has printed of a Secret', async () => {
  await start(['local'])
  write('broken', 'yes')
  const { exitCode, all } = await start(['local'])
  expect(exitCode, all).toBe(exitCodes.failed.code)
  expect(all).toContain('Error from server (Timeout): broken in the middle')
  expect(all).not.toContain('"data"')
})

test('another cluster is named by its file', async () => {
  await start(['local', '--kubeconfig', join(bin, 'other')])
  const kubeconfigs = calls()
    .filter(({ args }) => args[0] !== 'version')
    .map(({ kubeconfig }) => kubeconfig)
  expect(new Set(kubeconfigs)).toEqual(new Set([join(bin, 'other')]))
})

test('without kubectl it says what to do', async () => {
  const { exitCode, all } = await start(['local'], dirname(process.execPath))
  expect(exitCode, all).toBe(exitCodes.prerequisite.code)
  expect(all).toContain('What to do: Install it (https://kubernetes.io/docs/tasks/tools)')
})
