/** A flood of sign-ins against a real process: what else it does must go on. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@neotool/testkit/database'
import { type ServiceProcess, startService } from '@neotool/testkit/service-process'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { PASSWORD, REFRESH, SIGN_IN, SIGN_UP } from './security-fixture.ts'

const FLOOD_MS = 4_000
const IN_TIME_MS = 2_000
// More than may wait for a hash, all of the time.
const SENDERS = 150

const cleanup = new AsyncDisposableStack()
let security: ServiceProcess
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'neotool-flood-'))
  cleanup.defer(() => rm(folder, { recursive: true, force: true }))
  const { url, directUrl } = cleanup.use(await createTestDatabase('security'))
  const key = Buffer.alloc(32, 7).toString('base64')
  security = await startService('security', {
    SECURITY_HTTP_PORT: '0',
    SECURITY_POSTGRES_URL: url.reveal(),
    SECURITY_POSTGRES_DIRECT_URL: directUrl.reveal(),
    SECURITY_KAFKA_BROKERS: inject('kafkaBroker'),
    SECURITY_TOKEN_ISSUER: 'https://security.test',
    SECURITY_TOKEN_AUDIENCE: 'neotool-test',
    SECURITY_KEYSTORE_FILE: join(folder, 'keystore.json'),
    SECURITY_KEYSTORE_MASTER_KEY_FILE: join(folder, 'master.key'),
    SECURITY_SMTP_URL: 'smtp://127.0.0.1:9',
    SECURITY_MAIL_FROM: 'no-reply@neotool.example',
    SECURITY_WEB_URL: 'http://localhost:3000',
    SECURITY_REFRESH_TOKEN_KEY: key,
    SECURITY_PERSONAL_DATA_KEY: key,
    // Limits would end the flood at once: here it comes from more addresses than anybody can count.
    SECURITY_UNLIMITED_NETWORKS: '127.0.0.0/8',
  })
  cleanup.defer(async () => void (await security.end('SIGKILL')))
})
afterAll(() => cleanup.disposeAsync())

it('delays neither a refresh nor the keys, and is refused where it exceeds what can be hashed', async () => {
  const email = `${randomUUID()}@example.org`
  await security.graphql(SIGN_UP, { input: { email, password: PASSWORD, displayName: 'Ann' } })
  type Tokens = { session: { refreshToken: string } }
  const signedIn = await security.graphql<{ signIn: Tokens }>(SIGN_IN, { input: { email, password: PASSWORD } })
  let token = signedIn.data?.signIn.session.refreshToken ?? ''

  const end = performance.now() + FLOOD_MS
  const reasons: Record<string, number> = {}
  const flood = Array.from({ length: SENDERS }, async () => {
    while (performance.now() < end) {
      const input = { email: `${randomUUID()}@example.org`, password: 'a wrong password' }
      const reason = (await security.graphql(SIGN_IN, { input })).errors[0]?.extensions.reason ?? 'none'
      reasons[reason] = (reasons[reason] ?? 0) + 1
    }
  })
  const durations: number[] = []
  while (performance.now() < end) {
    const begin = performance.now()
    const [{ data, errors }, keys] = await Promise.all([
      security.graphql<{ refreshAccessToken: Tokens }>(REFRESH, { token }),
      fetch(`${security.url}/.well-known/jwks.json`),
    ])
    durations.push(performance.now() - begin)
    expect([errors, keys.status]).toEqual([[], 200])
    token = data?.refreshAccessToken.session.refreshToken ?? ''
  }
  await Promise.all(flood)
  expect(Math.max(...durations)).toBeLessThan(IN_TIME_MS)
  expect(durations.length).toBeGreaterThan(FLOOD_MS / IN_TIME_MS)
  expect(Object.keys(reasons).sort()).toEqual(['CREDENTIALS_WRONG', 'TOO_BUSY'])
  expect(reasons.TOO_BUSY).toBeGreaterThan(SENDERS / 2)
}, 60_000)
