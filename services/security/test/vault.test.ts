import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@neotool/kit/telemetry'
import { createVaultClient, type VaultClient, type VaultLogin } from '@neotool/kit/vault-client'
import { eventually } from '@neotool/testkit/eventually'
import { startTestVault, type TestVault, VAULT_TIMEOUT_MS } from '@neotool/testkit/vault'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConfiguredKeyManager } from '../src/key-settings.ts'
import { initialiseVault, VAULT_ROLE } from '../src/vault-init.ts'

const log = createLogger({ service: 'security', level: 'silent' })
const place = { mount: 'neotool', path: 'security/signing-keys' }
const cleanup = new AsyncDisposableStack()
afterAll(() => cleanup.disposeAsync())

let vault: TestVault
let admin: VaultClient
let folder: string
let approle: string
let clockMs = Date.now()
const now = () => new Date(clockMs)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neotool-vault-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  vault = cleanup.use(await startTestVault())
  approle = join(folder, 'approle.json')
  admin = createVaultClient({ address: vault.address, login: { kind: 'token', file: vault.rootTokenFile } })
}, VAULT_TIMEOUT_MS)

const initialise = () => initialiseVault(admin, { ...place, address: vault.address, approleFile: approle }, now())

const open = async (change: { address?: string; login?: VaultLogin; path?: string } = {}) => {
  const settings = { ...place, address: vault.address, login: { kind: 'approle', file: approle } as const, ...change }
  const manager = await openConfiguredKeyManager({ kind: 'vault', vault: settings }, { log, now })
  cleanup.defer(() => manager.stop())
  return manager
}

const listen = async (handle: RequestListener): Promise<string> => {
  const server = createServer(handle).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup.defer(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Passes everything on to Vault and remembers what was asked, and with which token. */
const recorder = async () => {
  const seen: { readonly path: string; readonly token: string | undefined }[] = []
  const address = await listen(async (request, response) => {
    const path = request.url ?? ''
    const token = request.headers['x-vault-token']?.toString()
    seen.push({ path: path.replace('/v1/', ''), token })
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = 'GET' } = request
    const headers = { ...(token !== undefined && { 'x-vault-token': token }) }
    const body = method === 'GET' ? {} : { body: Buffer.concat(chunks) }
    const answer = await fetch(`${vault.address}${path}`, { method, headers, ...body })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  })
  return { address, seen, pathsSince: (start: number) => seen.slice(start).map(({ path }) => path) }
}

describe('vault-init', () => {
  it('makes everything at first, and nothing more when it is repeated', async () => {
    const others = { audit: 'off', logins: 'off', settings: 'off' }
    expect(await initialise()).toEqual({ mount: 'made', keys: 'made', approle: 'made', ...others })
    const [kid, credentials] = [(await (await open()).signingKey()).kid, await readFile(approle, 'utf8')]
    expect(await initialise()).toEqual({ mount: 'kept', keys: 'kept', approle: 'kept', ...others })
    expect((await (await open()).signingKey()).kid).toBe(kid)
    expect(await readFile(approle, 'utf8')).toBe(credentials)
    // No audit device: nothing would ever shorten what it writes on a person's own machine.
    expect(await admin.get('sys/audit')).toHaveProperty('data', {})
  })

  it('may run twice at once: both find all of it there', async () => {
    await using empty = await startTestVault()
    const client = createVaultClient({ address: empty.address, login: { kind: 'token', file: empty.rootTokenFile } })
    const run = (file: string) =>
      initialiseVault(client, { ...place, address: empty.address, approleFile: join(folder, file) }, now())
    const [one, other] = await Promise.all([run('one.json'), run('other.json')])
    expect([one.mount, other.mount].sort()).toEqual(['kept', 'made'])
    expect([one.keys, other.keys].sort()).toEqual(['kept', 'made'])
  })

  it('writes new credentials where those in the file are no longer good', async () => {
    await writeFile(approle, JSON.stringify({ roleId: 'x', secretId: 'y' }), { mode: 0o600 })
    expect(await initialise()).toMatchObject({ keys: 'kept', approle: 'made' })
    await open()
  })

  it('opens the keys and nothing else', async () => {
    const client = createVaultClient({ address: vault.address, login: { kind: 'approle', file: approle } })
    await client.get(`${place.mount}/data/${place.path}`)
    for (const path of [`${place.mount}/data/security/other`, 'sys/mounts', 'sys/auth', 'auth/token/lookup-self']) {
      await expect(client.get(path)).rejects.toMatchObject({ status: 403 })
    }
  })

  it('keeps no older version of the keys: what a rotation drops is gone', async () => {
    clockMs += 60_000
    const manager = await open()
    await manager.rotate()
    expect(await admin.get(`${place.mount}/data/${place.path}?version=1`)).toBeUndefined()
    const stored = JSON.stringify(await admin.get(`${place.mount}/data/${place.path}`))
    expect(stored.match(/BEGIN PRIVATE KEY/g)).toHaveLength(2)
  })

  it('refuses a mount of something else', async () => {
    await admin.post('sys/mounts/old', { type: 'kv', options: { version: '1' } })
    const setup = { ...place, mount: 'old', address: vault.address }
    await expect(initialiseVault(admin, setup, now())).rejects.toThrow('Vault has something else at old: kv 1')
  })
})

describe('a token', () => {
  it('is renewed after two thirds of its life, and replaced where Vault renews it no further or has forgotten it', async () => {
    const { address, seen, pathsSince } = await recorder()
    let at = 0
    const client = createVaultClient({ address, login: { kind: 'approle', file: approle }, monotonic: () => at })
    const data = `${place.mount}/data/${place.path}`
    const ask = async () => {
      const start = seen.length
      await client.get(data)
      return pathsSince(start)
    }
    const hour = 3_600_000
    expect(await ask()).toEqual(['auth/approle/login', data])
    expect(await ask()).toEqual([data])
    at += hour * 0.7
    expect(await ask()).toEqual(['auth/token/renew-self', data])
    at += hour
    expect(await ask()).toEqual(['auth/approle/login', data])

    await admin.post('auth/token/revoke', { token: seen.at(-1)?.token })
    expect(await ask()).toEqual([data, 'auth/approle/login', data])

    await admin.post(`auth/approle/role/${VAULT_ROLE}`, { token_ttl: '1h', token_max_ttl: '1h' })
    at += 2 * hour
    expect(await ask()).toEqual(['auth/approle/login', data])
    at += hour * 0.7
    // Vault counts by its own clock, by which the token is new: it has an hour from its login, and no minute more.
    expect(await ask()).toEqual(['auth/token/renew-self', data])
    await initialise()
  })
})

describe('at the start', () => {
  it('a wrong address is named', async () => {
    await expect(open({ address: 'http://127.0.0.1:9' })).rejects.toThrow(
      'Vault at http://127.0.0.1:9 does not answer. Start it, or correct the address.',
    )
  })

  it('an address of something else is named', async () => {
    const address = await listen((_request, response) => void response.end('<html>Welcome</html>'))
    await expect(open({ address })).rejects.toThrow(`What answers at ${address} is no Vault: 200 <html>Welcome</html>`)
  })

  it('wrong credentials are named, and never printed', async () => {
    const file = join(folder, 'wrong.json')
    await writeFile(file, JSON.stringify({ roleId: 'r', secretId: 'a-secret' }), { mode: 0o600 })
    const refused = open({ login: { kind: 'approle', file } })
    await expect(refused).rejects.toThrow(/refuses the login: .* Run services\/security\/src\/ops\/vault-init.ts/)
    await expect(refused).rejects.not.toThrow('a-secret')
  })

  it('a missing or open file of credentials is named', async () => {
    const file = join(folder, 'none.json')
    await expect(open({ login: { kind: 'approle', file } })).rejects.toThrow(`${file}, which the login to Vault needs`)
    await writeFile(file, '{}', { mode: 0o644 })
    await expect(open({ login: { kind: 'approle', file } })).rejects.toThrow(`chmod 600 ${file}`)
  })

  it('a place without keys is named, as is one that the policy does not open', async () => {
    const login = { kind: 'token', file: vault.rootTokenFile } as const
    await expect(open({ path: 'security/none', login })).rejects.toThrow(
      'no keys at neotool/security/none. Run src/ops',
    )
    await expect(open({ path: 'security/none' })).rejects.toThrow('does not let us use neotool/security/none')
  })

  it('a sealed Vault is named', async () => {
    await vault.kill()
    await vault.restart({ isSealed: true })
    await expect(open()).rejects.toThrow(`Vault at ${vault.address} is sealed. Unseal it`)
    await vault.kill()
    await vault.restart()
  })
})

describe('Vault down', () => {
  it('does not keep anybody from signing; the check tells, and all is well again by itself', async () => {
    const manager = await open()
    const { kid } = await manager.signingKey()
    await vault.kill()
    await expect(manager.check()).rejects.toThrow('does not answer')
    await expect(manager.rotate()).rejects.toMatchObject({ kind: 'unavailable', reason: 'KEYSTORE_UNAVAILABLE' })
    expect((await manager.signingKey()).kid).toBe(kid)
    expect((await manager.publicKeys()).keys).not.toHaveLength(0)
    await vault.restart({ isSealed: true })
    await expect(manager.check()).rejects.toThrow('is sealed')
    await vault.kill()
    await vault.restart()
    await eventually('the keystore', () => manager.check().then(() => true))
    clockMs += 60_000
    await manager.rotate()
    expect((await manager.signingKey()).kid).not.toBe(kid)
  })
})

describe('keys that were lost and made anew', () => {
  it('are taken by a service that runs, although they have the same number', async () => {
    await initialise()
    const manager = await open()
    const { kid } = await manager.signingKey()
    const token = (await readFile(vault.rootTokenFile, 'utf8')).trim()
    const lost = await fetch(`${vault.address}/v1/${place.mount}/metadata/${place.path}`, {
      method: 'DELETE',
      headers: { 'x-vault-token': token },
    })
    expect(lost.status).toBe(204)
    // The first may be told what a look has seen that began before.
    const isMissed = () => manager.check().then(() => 'nothing', String)
    await eventually('keys that are missed', isMissed, (said) => said.includes('no keys at'))
    expect(await initialise()).toMatchObject({ keys: 'made' })
    await manager.check()
    expect((await manager.signingKey()).kid).not.toBe(kid)
  })
})
