/* Real processes of all services under load, keys in Vault: rotations, forged tokens, and a Vault that is killed. */
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setInterval } from 'node:timers/promises'
import { createTestBucket } from '@neotool/testkit/bucket'
import { createTestDatabase } from '@neotool/testkit/database'
import { eventually } from '@neotool/testkit/eventually'
import { TEST_AUDIENCE, TEST_ISSUER } from '@neotool/testkit/issuer'
import { type KafkaServer, startBroker } from '@neotool/testkit/kafka'
import { runOperation, type ServiceProcess, startService } from '@neotool/testkit/service-process'
import { startTestVault, type TestVault, VAULT_TIMEOUT_MS } from '@neotool/testkit/vault'
import { decodeProtectedHeader, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PASSWORD, REFRESH, SIGN_IN, SIGN_UP } from './security-fixture.ts'

const ROTATIONS = 5
const EVERY_MS = 25
// Two a second: what one account may refresh at most is four.
const REFRESH_EVERY_MS = 500
// Tokens of several keys: those of the one that signs now, and of some before it.
const TOKENS_KEPT = 400

const cleanup = new AsyncDisposableStack()
afterAll(() => cleanup.disposeAsync())

let vault: TestVault
let broker: KafkaServer
let security: readonly [ServiceProcess, ServiceProcess]
let verifiers: Readonly<Record<string, ServiceProcess>>
let securitySettings: Readonly<Record<string, string>>

const prefixed = (service: string, settings: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${service.toUpperCase()}_${name}`, value]))

const settingsOf = async (service: string) => {
  const database = cleanup.use(await createTestDatabase(service))
  return {
    HTTP_PORT: '0',
    POSTGRES_URL: database.url.reveal(),
    POSTGRES_DIRECT_URL: database.directUrl.reveal(),
    KAFKA_BROKERS: broker.bootstrapServers,
    TOKEN_ISSUER: TEST_ISSUER,
    TOKEN_AUDIENCE: TEST_AUDIENCE,
  }
}

const start = async (service: string, settings: Readonly<Record<string, string>>): Promise<ServiceProcess> => {
  const started = await startService(service, prefixed(service, settings))
  cleanup.defer(async () => void (await started.end('SIGKILL')))
  return started
}

beforeAll(async () => {
  broker = cleanup.use(await startBroker())
  const folder = await mkdtemp(join(tmpdir(), 'neotool-rotation-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  vault = cleanup.use(await startTestVault())
  const approle = join(folder, 'approle.json')
  await runOperation('services/security/src/ops/vault-init.ts', {
    VAULT_INIT_ADDRESS: vault.address,
    VAULT_INIT_TOKEN_FILE: vault.rootTokenFile,
    VAULT_INIT_APPROLE_FILE: approle,
  })
  const key = Buffer.alloc(32, 7).toString('base64')
  securitySettings = {
    ...(await settingsOf('security')),
    VAULT_ADDRESS: vault.address,
    VAULT_APPROLE_FILE: approle,
    REFRESH_TOKEN_KEY: key,
    PERSONAL_DATA_KEY: key,
    DATA_KEY: key,
    // Nobody listens: what it would mail is parked.
    SMTP_URL: 'smtp://127.0.0.1:9',
    MAIL_FROM: 'no-reply@neotool.example',
    WEB_URL: 'http://localhost:3000',
    UNLIMITED_NETWORKS: '127.0.0.0/8',
  }
  security = await Promise.all([start('security', securitySettings), start('security', securitySettings)])
  const [one, two] = security
  const jwks = ({ url }: ServiceProcess) => ({ JWKS_URL: `${url}/.well-known/jwks.json` })
  const { endpoint, secretAccessKey, accessKeyId, ...bucket } = await createTestBucket()
  const [app, assets, assistant] = await Promise.all([
    start('app', { ...(await settingsOf('app')), ...jwks(one), PERSONAL_DATA_KEY: key }),
    start('assets', {
      ...(await settingsOf('assets')),
      ...jwks(two),
      S3_ENDPOINT: endpoint,
      S3_PUBLIC_ENDPOINT: endpoint,
      S3_REGION: bucket.region,
      S3_BUCKET: bucket.bucket,
      S3_ACCESS_KEY_ID: accessKeyId,
      S3_SECRET_ACCESS_KEY: secretAccessKey.reveal(),
    }),
    start('assistant', { ...(await settingsOf('assistant')), ...jwks(two), GATEWAY_URL: 'http://127.0.0.1:9/graphql' }),
  ])
  verifiers = { app, assets, assistant, 'security one': one, 'security two': two }
}, VAULT_TIMEOUT_MS)

type Session = { readonly accessToken: string; readonly refreshToken: string }

const sessionIn = (answer: { data: unknown; errors: readonly unknown[] }): Session => {
  const { errors, data } = answer
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  const [payload] = Object.values(data as Record<string, { readonly session: Session }>)
  if (payload === undefined) throw new Error('There is no session in the answer.')
  return payload.session
}

/** Refreshes, verifies and forges without end; answers what it has seen. */
const startLoad = async () => {
  const tokens: string[] = []
  const kids = new Set<string | undefined>()
  const verified: Record<string, number> = {}
  const failures: unknown[] = []
  let isOver = false
  const every = async (ms: number, work: () => Promise<void>) => {
    for await (const _ of setInterval(ms)) {
      if (isOver) return
      await work().catch((error: unknown) => failures.push(String(error)))
    }
  }
  const note = ({ accessToken }: Session) => {
    kids.add(decodeProtectedHeader(accessToken).kid)
    tokens.push(accessToken)
    if (tokens.length > TOKENS_KEPT) tokens.shift()
  }
  const signers = security.map(async (replica) => {
    const input = { email: `${randomUUID()}@example.org`, password: PASSWORD }
    await replica.graphql(SIGN_UP, { input: { ...input, displayName: 'Ann' } })
    let session = sessionIn(await replica.graphql(SIGN_IN, { input }))
    note(session)
    return () =>
      every(REFRESH_EVERY_MS, async () => {
        session = sessionIn(await replica.graphql(REFRESH, { token: session.refreshToken }))
        note(session)
      })
  })
  const running = (await Promise.all(signers)).map((sign) => sign())
  const forger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  for (const [name, service] of Object.entries(verifiers)) {
    const use = async (token: string | undefined) => {
      const { errors } = await service.graphql('{ __typename }', {}, token)
      verified[name] = (verified[name] ?? 0) + 1
      if (errors.length > 0) failures.push({ name, kid: decodeProtectedHeader(token ?? '').kid, errors })
    }
    running.push(every(EVERY_MS, () => use(tokens.at(-1))))
    running.push(every(EVERY_MS * 2, () => use(tokens[Math.floor(Math.random() * tokens.length)])))
    const forge = async () => {
      const kid = randomUUID()
      const token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid }).sign(forger)
      const { errors } = await service.graphql('{ __typename }', {}, token)
      // Where nobody knows its key and the keys cannot be had in time, it is refused for that.
      const isRefused = ['TOKEN_INVALID', 'KEYS_UNAVAILABLE'].includes(String(errors[0]?.extensions.reason))
      if (!isRefused) failures.push({ name, what: 'took a forged token', errors })
    }
    running.push(every(EVERY_MS * 4, forge))
  }
  const end = async () => {
    isOver = true
    await Promise.all(running)
  }
  /** Waits for tokens of so many keys. */
  const seen = async (count: number) => {
    const now = () => ({ keys: kids.size, failures: failures.slice(0, 3) })
    await eventually(`tokens of ${count} keys`, now, ({ keys }) => keys >= count)
  }
  return { failures, kids, verified, seen, end, [Symbol.asyncDispose]: end }
}

const more = (verified: Readonly<Record<string, number>>, count: number) => {
  const start = { ...verified }
  const isMore = () => Object.keys(verifiers).every((name) => (verified[name] ?? 0) >= (start[name] ?? 0) + count)
  return eventually(`${count} more verifications everywhere`, isMore, Boolean, 180_000)
}

it('five rotations under load and forged tokens fail no verification in any service', async () => {
  await using load = await startLoad()
  for (let rotation = 1; rotation <= ROTATIONS; rotation += 1) {
    await runOperation('services/security/src/ops/keys.ts', prefixed('security', securitySettings), ['rotate'])
    await load.seen(rotation + 1)
    await more(load.verified, 20)
  }
  await load.end()
  expect(load.failures).toEqual([])
  expect(load.kids.size).toBe(ROTATIONS + 1)
}, 600_000)

it('Vault killed under load fails nothing; readiness tells of it and stays good; then a rotation works again', async () => {
  await using load = await startLoad()
  await more(load.verified, 10)
  await vault.kill()
  const keystore = async () => {
    const answers = await Promise.all(security.map((replica) => replica.health('ready')))
    return answers.map(({ status, body }) => ({ status, keystore: JSON.parse(body).checks.keystore.status }))
  }
  const isTold = (answers: Awaited<ReturnType<typeof keystore>>) =>
    answers.every(({ status, keystore }) => status === 200 && keystore === 'failed')
  await eventually('readiness that tells of it', keystore, isTold)
  await more(load.verified, 60)
  await vault.restart()
  const isWell = (answers: Awaited<ReturnType<typeof keystore>>) => answers.every((each) => each.keystore === 'ok')
  await eventually('the keystore', keystore, isWell)
  await runOperation('services/security/src/ops/keys.ts', prefixed('security', securitySettings), ['rotate'])
  await load.seen(2)
  await more(load.verified, 20)
  await load.end()
  expect(load.failures).toEqual([])
}, 600_000)
