import { spawn } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createLogger } from '@neotool/kit/telemetry'
import { createVaultClient, type VaultClient } from '@neotool/kit/vault-client'
import { startTestVault, type TestVault, VAULT_TIMEOUT_MS } from '@neotool/testkit/vault'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { toPublicHalf } from '../src/key-ring.ts'
import { openConfiguredKeyManager } from '../src/key-settings.ts'
import { initialiseVault, VAULT_ROLE } from '../src/vault-init.ts'

const log = createLogger({ service: 'security', level: 'silent' })
const place = { mount: 'neotool', path: 'security/signing-keys' }
const ISSUER = 'https://kubernetes.default.svc.cluster.local'
const TOKEN = 'the-token-of-vault-init'
const SERVICES = ['app', 'security', 'assistant', 'assets'] as const
const allOf = <Outcome>(outcome: Outcome) => Object.fromEntries(SERVICES.map((service) => [service, outcome]))

const makeKeys = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
const cleanup = new AsyncDisposableStack()
afterAll(() => cleanup.disposeAsync())

let vault: TestVault
let admin: VaultClient
let folder: string
let settingsDirectory: string
let tokenFile: string
let apiServer: string
/** With what the cluster signs its tokens; it may be given others. */
let signer = makeKeys()

/** As K3s' API server: it tells nothing to callers without a name, and names its keys by an address for others. */
const answerAsApiServer = (request: IncomingMessage, response: ServerResponse) => {
  const answer = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  if (request.headers.authorization !== `Bearer ${TOKEN}`) return answer(401, { kind: 'Status', code: 401 })
  if (request.url === '/.well-known/openid-configuration')
    return answer(200, { issuer: ISSUER, jwks_uri: 'https://10.0.0.1:6443/openid/v1/jwks' })
  if (request.url === '/openid/v1/jwks' && request.headers.accept !== '*/*') return answer(406, { code: 406 })
  if (request.url === '/openid/v1/jwks') return answer(200, { keys: [toPublicHalf(signer.publicKey).publicJwk] })
  return answer(404, { kind: 'Status', code: 404 })
}

const adminOf = ({ address, rootTokenFile }: TestVault) =>
  createVaultClient({ address, login: { kind: 'token', file: rootTokenFile } })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neotool-vault-cluster-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  settingsDirectory = join(folder, 'settings')
  tokenFile = join(folder, 'cluster-token')
  const server = createServer(answerAsApiServer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup.defer(() => void server.close())
  apiServer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  vault = cleanup.use(await startTestVault())
  admin = adminOf(vault)
}, VAULT_TIMEOUT_MS)

beforeEach(async () => {
  await rm(settingsDirectory, { recursive: true, force: true })
  await mkdir(settingsDirectory)
  for (const service of SERVICES) await writeSettings(service, settingsOf(service))
  await writeFile(tokenFile, `${TOKEN}\n`)
})

const settingsOf = (service: string) => ({ [`${service.toUpperCase()}_POSTGRES_URL`]: `postgres://${service}` })
const writeSettings = (name: string, settings: unknown) =>
  writeFile(join(settingsDirectory, `${name}.json`), JSON.stringify(settings))

const initialise = (target = vault, client = admin) => {
  const cluster = { url: apiServer, tokenFile }
  return initialiseVault(client, { ...place, address: target.address, cluster, settingsDirectory }, new Date())
}

type Claims = { iss?: string; aud?: string; sub?: string }

/** A client that logs in with a token of the cluster's. */
const clientOf = async (role: string, claims: Claims, { key = signer.privateKey, target = vault } = {}) => {
  const file = join(folder, 'token')
  const token = new SignJWT({ iss: ISSUER, aud: 'vault', ...claims }).setProtectedHeader({ alg: 'RS256' })
  await writeFile(file, await token.setIssuedAt().setExpirationTime('5m').sign(key))
  return createVaultClient({ address: target.address, login: { kind: 'jwt', role, file } })
}

const account = (namespace: string, name: string) => `system:serviceaccount:${namespace}:${name}`
const app = { sub: account('neotool-app', 'app') }
const security = { sub: account('neotool-app', 'security') }
const read = async (client: VaultClient, path: string) => client.get(`neotool/data/${path}`)
const auditEntry = z.looseObject({
  auth: z.looseObject({ display_name: z.string().optional(), policies: z.array(z.string()).optional() }).optional(),
  request: z.looseObject({ path: z.string(), operation: z.string(), remote_address: z.string().optional() }),
})
const dataOf = (data: unknown) => expect.objectContaining({ data: expect.objectContaining({ data }) })

describe('vault-init in a cluster', () => {
  it('makes logins and settings at first, and nothing more when it is repeated', async () => {
    expect(await initialise()).toEqual({
      audit: 'made',
      mount: 'made',
      keys: 'made',
      approle: 'off',
      logins: 'set',
      settings: allOf('made'),
    })
    const stored = await read(admin, 'app/settings')
    expect(await initialise()).toEqual({
      audit: 'kept',
      mount: 'kept',
      keys: 'kept',
      approle: 'off',
      logins: 'set',
      settings: allOf('kept'),
    })
    expect(await read(admin, 'app/settings')).toEqual({ ...(stored as object), request_id: expect.any(String) })
  })

  it('has Vault write to its output who reads what, and nothing of what is read', async () => {
    await initialise()
    await read(await clientOf('neotool-app-settings', app), 'app/settings')
    const lines = (await readFile(join(dirname(vault.rootTokenFile), 'vault.log'), 'utf8'))
      .split('\n')
      .filter((line) => line.includes('"type":"response"'))
    const entries = lines.map((line) => auditEntry.parse(JSON.parse(line)))
    expect(entries.filter(({ request }) => request.path === 'neotool/data/app/settings').at(-1)).toMatchObject({
      auth: { display_name: `jwt-${app.sub}`, policies: ['neotool-app-settings'] },
      request: { operation: 'read', remote_address: '127.0.0.1' },
    })
    expect(lines.join('\n')).not.toContain(settingsOf('app').APP_POSTGRES_URL)
    // From the first run on: what vault-init itself has done is there too.
    const written = entries.filter(({ request }) => request.operation === 'update').map(({ request }) => request.path)
    expect(written).toEqual(expect.arrayContaining(['sys/mounts/neotool', 'neotool/metadata/security/signing-keys']))
  })

  it('is content with a device of that output which a person has made', async () => {
    await using empty = await startTestVault()
    const client = adminOf(empty)
    await client.post('sys/audit/by-hand', { type: 'file', options: { file_path: 'stdout' } })
    expect(await initialise(empty, client)).toMatchObject({ audit: 'kept', keys: 'made' })
    expect(await client.get('sys/audit')).toMatchObject({ data: { 'by-hand/': { type: 'file' } } })
    expect(await client.get('sys/audit')).not.toHaveProperty(['data', 'stdout/'])
  })

  it('lets no document change what is in Vault, nor be missed there', async () => {
    await writeSettings('app', { APP_POSTGRES_URL: 'postgres://another' })
    await rm(join(settingsDirectory, 'assets.json'))
    expect(await initialise()).toMatchObject({ settings: allOf('kept') })
    expect(await read(admin, 'app/settings')).toEqual(dataOf(settingsOf('app')))
  })

  it.each([
    ['no JSON', 'app', '{"APP_KEY": "a-secret"', 'app.json must hold an object of names of settings with texts'],
    ['no object of texts', 'app', '{"APP_KEY": {"deep": "a-secret"}}', 'app.json must hold an object'],
    ['a value that no file can carry', 'app', '{"APP_KEY": "a-secret\\r"}', 'The value of APP_KEY cannot be written'],
    ['of no service', 'billing', '{"BILLING_KEY": "a-secret"}', 'billing.json is of no service: these are app, '],
  ])('refuses a document that is %s, and does not show it', async (_what, name, content, message) => {
    await writeFile(join(settingsDirectory, `${name}.json`), content)
    await expect(initialise()).rejects.toThrow(message)
    await expect(initialise()).rejects.not.toThrow('a-secret')
  })

  it('says how to go on where somebody has deleted settings', async () => {
    await admin.post('neotool/delete/assistant/settings', { versions: [1] })
    await expect(initialise()).rejects.toThrow('vault kv metadata delete -mount=neotool assistant/settings')
    await admin.post('neotool/undelete/assistant/settings', { versions: [1] })
    expect(await initialise()).toMatchObject({ settings: { assistant: 'kept' } })
  })

  it('brings all back to a Vault that has lost it, as one in memory does that was started anew', async () => {
    await using empty = await startTestVault()
    const emptyAdmin = adminOf(empty)
    expect(await initialise(empty, emptyAdmin)).toMatchObject({ keys: 'made', settings: allOf('made') })
    const client = await clientOf('neotool-app-settings', app, { target: empty })
    expect(await read(client, 'app/settings')).toEqual(dataOf(settingsOf('app')))
  })

  it('names an API server that does not know its token', async () => {
    await writeFile(tokenFile, 'of-another-cluster')
    await expect(initialise()).rejects.toThrow(
      `${apiServer}/.well-known/openid-configuration answers 401 and nothing that we understand. The token in ${tokenFile}`,
    )
  })
})

describe('a login with a token of the cluster', () => {
  it.each(SERVICES.map((service) => [service]))('opens the settings of %s to its pods alone', async (service) => {
    const role = `neotool-${service}-settings`
    const own = [account('neotool-app', service), account('neotool-app', `${service}-migrate`)]
    for (const sub of [...own, account('neotool-workflows', `purge-${service}`)]) {
      expect(await read(await clientOf(role, { sub }), `${service}/settings`)).toEqual(dataOf(settingsOf(service)))
    }
    const others = SERVICES.filter((other) => other !== service).flatMap((other) => [
      account('neotool-app', other),
      account('neotool-workflows', `purge-${other}`),
    ])
    for (const sub of [...others, account('neotool-web', service), account('neotool-app', 'default')]) {
      const client = await clientOf(role, { sub })
      await expect(read(client, `${service}/settings`)).rejects.toThrow('refuses the login')
    }
  })

  it('opens nothing else: no keys, no other settings, no history, no writing', async () => {
    const client = await clientOf('neotool-app-settings', app)
    await read(client, 'app/settings')
    for (const path of ['data/security/settings', `data/${place.path}`, 'metadata/app/settings', 'metadata/?list=true'])
      await expect(client.get(`neotool/${path}`)).rejects.toMatchObject({ status: 403 })
    await expect(client.post('neotool/data/app/settings', { data: {} })).rejects.toMatchObject({ status: 403 })
  })

  it('opens the signing keys to security and to the rotation, and to nobody else', async () => {
    const file = join(folder, 'token')
    const open = async (claims: Claims) => {
      await clientOf(VAULT_ROLE, claims)
      const vaultSettings = {
        ...place,
        address: vault.address,
        login: { kind: 'jwt', role: VAULT_ROLE, file } as const,
      }
      const manager = await openConfiguredKeyManager(
        { kind: 'vault', vault: vaultSettings },
        { log, now: () => new Date() },
      )
      cleanup.defer(() => manager.stop())
      return manager
    }
    await (await open(security)).check()
    await (await open({ sub: account('neotool-workflows', 'rotate-keys') })).check()
    await expect(open(app)).rejects.toThrow('refuses the login')
    await expect(open({ sub: account('neotool-app', 'security-migrate') })).rejects.toThrow('refuses the login')
    await expect(read(await clientOf(VAULT_ROLE, security), 'security/settings')).rejects.toMatchObject({ status: 403 })
  })

  const stranger: KeyObject = makeKeys().privateKey
  it.each([
    ['audience', { ...app, aud: 'https://kubernetes.default.svc.cluster.local' }, undefined],
    ['issuer', { ...app, iss: 'https://another.cluster' }, undefined],
    ['subject', { sub: 'system:serviceaccount:neotool-app:app-2' }, undefined],
    ['signer', app, stranger],
  ])('is refused to a token of another %s', async (_what, claims, key) => {
    const client = await clientOf('neotool-app-settings', claims, key && { key })
    await expect(read(client, 'app/settings')).rejects.toThrow('refuses the login')
  })

  it('is by the keys that the cluster has when vault-init runs again', async () => {
    const before = signer
    signer = makeKeys()
    const client = await clientOf('neotool-app-settings', app)
    await expect(read(client, 'app/settings')).rejects.toThrow('refuses the login')
    await initialise()
    await read(client, 'app/settings')
    const late = await clientOf('neotool-app-settings', app, { key: before.privateKey })
    await expect(read(late, 'app/settings')).rejects.toThrow('refuses the login')
  })
})

describe('ops/vault-init.ts', () => {
  const start = (change: Readonly<Record<string, string>> = {}) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../src/ops/vault-init.ts')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        VAULT_INIT_ADDRESS: vault.address,
        VAULT_INIT_TOKEN_FILE: vault.rootTokenFile,
        VAULT_INIT_CLUSTER_URL: apiServer,
        VAULT_INIT_CLUSTER_TOKEN_FILE: tokenFile,
        VAULT_INIT_SETTINGS_DIRECTORY: settingsDirectory,
        ...change,
      },
    })
    cleanup.defer(() => void child.kill('SIGKILL'))
    const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)])
    return { child, ended: ended.then(([[code], output, errors]) => ({ code, output, errors })) }
  }

  it('waits for a Vault that starts later, and prints what it did', async () => {
    await vault.kill()
    const { child, ended } = start()
    const [line] = await once(child.stderr, 'data')
    expect(String(line)).toMatch(/^waiting: Vault at .+ does not answer/)
    await vault.restart()
    const { code, output, errors } = await ended
    expect({ code, errors }).toMatchObject({ code: 0 })
    expect(JSON.parse(output)).toMatchObject({ mount: 'kept', logins: 'set', settings: allOf('kept') })
  })

  it('fails where neither Vault nor the directory has settings, when all else is done', async () => {
    await using empty = await startTestVault()
    await rm(join(settingsDirectory, 'assets.json'))
    const { code, output, errors } = await start({
      VAULT_INIT_ADDRESS: empty.address,
      VAULT_INIT_TOKEN_FILE: empty.rootTokenFile,
    }).ended
    expect(code).toBe(1)
    expect(JSON.parse(output)).toMatchObject({ settings: { app: 'made', assets: 'missing' } })
    expect(errors).toContain(`Neither Vault nor ${settingsDirectory} has the settings of assets.`)
  })

  it('gives up after its time with the last reason, and at once where waiting does not help', async () => {
    const nowhere = 'http://127.0.0.1:9'
    const late = await start({ VAULT_INIT_CLUSTER_URL: nowhere, VAULT_INIT_WITHIN_SECONDS: '1' }).ended
    expect([late.code, late.errors]).toEqual([
      1,
      expect.stringContaining('The cluster does not answer at http://127.0.0.1:9/'),
    ])
    const wrong = join(folder, 'wrong-token')
    await writeFile(wrong, 'no-token-of-vaults', { mode: 0o600 })
    const refused = await start({ VAULT_INIT_TOKEN_FILE: wrong }).ended
    expect([refused.code, refused.errors]).toEqual([1, expect.stringContaining('Vault answers 403')])
    expect(refused.errors).not.toMatch(/waiting:|no-token-of-vaults/)
  })
})
