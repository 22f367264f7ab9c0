import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { eventually } from '@neotool/testkit/eventually'
import { startTestVault, type TestVault, VAULT_TIMEOUT_MS } from '@neotool/testkit/vault'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createVaultClient, type VaultClient } from '../src/vault-client.ts'

const PROGRAM = join(import.meta.dirname, '../src/ops/fetch-settings.ts')
const ISSUER = 'https://kubernetes.default.svc.cluster.local'
const SUBJECT = 'system:serviceaccount:neotool-app:app'
const ROLE = 'neotool-app-settings'
const SETTINGS = { APP_POSTGRES_URL: "postgres://a:it's@h:1/d", APP_KEY: 'a"b#c\nd\\n' }

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const cleanup = new AsyncDisposableStack()
afterAll(() => cleanup.disposeAsync())

let vault: TestVault
let admin: VaultClient
let folder: string
let file: string
let tokenFile: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neotool-settings-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  file = join(folder, 'settings.env')
  tokenFile = join(folder, 'token')
  vault = cleanup.use(await startTestVault())
  admin = createVaultClient({ address: vault.address, login: { kind: 'token', file: vault.rootTokenFile } })
  await admin.post('sys/mounts/neotool', { type: 'kv', options: { version: '2' } })
  await admin.post('sys/auth/jwt', { type: 'jwt' })
  const pem = publicKey.export({ type: 'spki', format: 'pem' })
  await admin.post('auth/jwt/config', { bound_issuer: ISSUER, jwt_validation_pubkeys: [pem] })
  const policy = 'path "neotool/data/app/settings" { capabilities = ["read"] }'
  await admin.post('sys/policies/acl/app', { policy })
}, VAULT_TIMEOUT_MS)

beforeEach(async () => {
  await rm(file, { force: true })
  await writeToken(SUBJECT)
})

const writeToken = async (subject: string) => {
  const token = new SignJWT({ iss: ISSUER, aud: 'vault', sub: subject }).setProtectedHeader({ alg: 'RS256' })
  await writeFile(tokenFile, await token.setIssuedAt().setExpirationTime('5m').sign(privateKey))
}

const makeRole = () =>
  admin.post(`auth/jwt/role/${ROLE}`, {
    role_type: 'jwt',
    user_claim: 'sub',
    bound_audiences: ['vault'],
    bound_subject: SUBJECT,
    token_policies: ['app'],
  })
const writeSecret = (data: unknown) => admin.post('neotool/data/app/settings', { data })

/** Starts the program; `ended` tells its exit code and all that it has printed. */
const fetchSettings = (change: Readonly<Record<string, string>> = {}) => {
  const child: ChildProcess = spawn(process.execPath, [PROGRAM], {
    env: {
      SETTINGS_VAULT_ADDRESS: vault.address,
      SETTINGS_VAULT_ROLE: ROLE,
      SETTINGS_TOKEN_FILE: tokenFile,
      SETTINGS_PATH: 'app/settings',
      SETTINGS_FILE: file,
      SETTINGS_WITHIN_SECONDS: '300',
      ...change,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  cleanup.defer(() => void child.kill('SIGKILL'))
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk.toString('utf8')
  }
  child.stdout?.on('data', collect)
  child.stderr?.on('data', collect)
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }))
  })
  return {
    ended,
    says: (text: string) =>
      eventually(
        `"${text}"`,
        () => output,
        (said) => said.includes(text),
      ),
  }
}

describe('the settings from Vault', () => {
  it('are waited for until Vault answers, is unsealed, knows the role and has the secret', async () => {
    await vault.kill()
    const fetching = fetchSettings()
    await fetching.says(
      `waiting: Vault at ${vault.address} does not answer. Start it, or correct the address. (connect`,
    )
    await vault.restart({ isSealed: true })
    await fetching.says(`waiting: Vault at ${vault.address} is sealed.`)
    await vault.kill()
    await vault.restart()
    await fetching.says(`waiting: Vault at ${vault.address} refuses the login: role "${ROLE}" could not be found`)
    await makeRole()
    await fetching.says('waiting: Vault has no secret at neotool/app/settings.')
    await writeSecret(SETTINGS)
    const { code, output } = await fetching.ended
    expect({ code, output }).toMatchObject({ code: 0 })
    expect(output).toContain(`${file} has the 2 settings of neotool/app/settings`)
    expect(parseEnv(await readFile(file, 'utf8'))).toEqual(SETTINGS)
    for (const value of Object.values(SETTINGS)) expect(output).not.toContain(value)
  })

  it('are in a file for its owner alone, which a second run replaces whole', async () => {
    await writeSecret(SETTINGS)
    // As a run that was killed leaves it.
    await writeFile(`${file}.draft`, 'half', { mode: 0o400 })
    expect((await fetchSettings().ended).code).toBe(0)
    expect((await stat(file)).mode & 0o777).toBe(0o400)
    await writeSecret({ APP_KEY: 'new' })
    expect((await fetchSettings().ended).code).toBe(0)
    expect(await readFile(file, 'utf8')).toBe("APP_KEY='new'\n")
    expect((await readdir(folder)).sort()).toEqual(['settings.env', 'token'])
  })

  it.each([
    ['the token is of another subject', 'system:serviceaccount:neotool-app:assets', SETTINGS, 'refuses the login'],
    ['there is no setting', SUBJECT, {}, 'must hold names of settings with texts, one or more'],
    ['a value is no text', SUBJECT, { APP_KEY: { deep: 'a-secret' } }, 'must hold names of settings with texts'],
  ])(
    'are given up after the time, with the last reason and what to do, where %s',
    async (_why, subject, data, reason) => {
      await writeToken(subject)
      await writeSecret(data)
      const { code, output } = await fetchSettings({ SETTINGS_WITHIN_SECONDS: '1' }).ended
      expect(code).toBe(1)
      expect(output).toMatch(/There are no settings from neotool\/app\/settings after 1 s: .+\nThey are made by/)
      expect(output).toContain('./neotool secrets bootstrap ENVIRONMENT')
      expect(output).toContain(reason)
      expect(output).not.toContain('a-secret')
      expect(await readdir(folder)).toEqual(['token'])
    },
  )

  it('are refused at once where no file can carry one, which is named and not shown', async () => {
    await writeSecret({ APP_KEY: 'a-secret\r\n' })
    const { code, output } = await fetchSettings().ended
    expect(code).toBe(1)
    expect(output).toContain('The value of APP_KEY cannot be written')
    expect(output).not.toContain('a-secret')
    expect(await readdir(folder)).toEqual(['token'])
  })
})
