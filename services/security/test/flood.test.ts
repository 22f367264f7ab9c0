/** A flood of sign-ins against a real process: what else it does must go on. */
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createTestDatabase } from '@neotool/testkit/database'
import { type ServiceProcess, startService } from '@neotool/testkit/service-process'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { PASSWORD, REFRESH, SIGN_IN, SIGN_UP } from './security-fixture.ts'

const FLOOD_MS = 4_000
// More than may wait for a hash, all of the time.
const SENDERS = 120
// Without bounds a refresh waits until all that came before it is hashed.
const ALLOWED_HASHES = SENDERS / 4
// A session has 240 a minute.
const MOST_REFRESHES = 200

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
    SECURITY_DATA_KEY: key,
    // Limits would end the flood at once: here it comes from more addresses than anybody can count.
    SECURITY_UNLIMITED_NETWORKS: '127.0.0.0/8',
  })
  cleanup.defer(async () => void (await security.end('SIGKILL')))
})
afterAll(() => cleanup.disposeAsync())

const signIn = (email: string, password: string) =>
  security.graphql<{ signIn: { session: { refreshToken: string } } }>(SIGN_IN, { input: { email, password } })

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

it('delays neither a refresh nor the keys, and is refused where it exceeds what can be hashed', async () => {
  const email = `${randomUUID()}@example.org`
  await security.graphql(SIGN_UP, { input: { email, password: PASSWORD, displayName: 'Ann' } })
  let token = (await signIn(email, PASSWORD)).data?.signIn.session.refreshToken ?? ''
  const refresh = async (): Promise<void> => {
    const [{ data, errors }, keys] = await Promise.all([
      security.graphql<{ refreshAccessToken: { session: { refreshToken: string } } }>(REFRESH, { token }),
      fetch(`${security.url}/.well-known/jwks.json`),
    ])
    expect([errors, keys.status]).toEqual([[], 200])
    token = data?.refreshAccessToken.session.refreshToken ?? ''
  }

  const end = performance.now() + FLOOD_MS
  const answers = { CREDENTIALS_WRONG: 0, TOO_BUSY: 0 }
  const flood = Array.from({ length: SENDERS }, async () => {
    while (performance.now() < end) {
      const { errors } = await signIn(`${randomUUID()}@example.org`, 'a wrong password')
      const reason = errors[0]?.extensions.reason
      // As many as these wait for a connection too, and some of them in vain.
      if (reason === 'DATABASE_UNAVAILABLE') {
        await delay(250)
        continue
      }
      if (reason !== 'CREDENTIALS_WRONG' && reason !== 'TOO_BUSY') throw new Error(`${reason}: ${errors[0]?.message}`)
      answers[reason] += 1
      // Whoever sends without a pause floods the network, which is not what is tried here.
      if (reason === 'TOO_BUSY') await delay(250)
    }
  })
  // Counted in hashes, which are as slow as this machine is just now.
  const hashesMeanwhile: number[] = []
  do {
    const before = answers.CREDENTIALS_WRONG
    await refresh()
    hashesMeanwhile.push(answers.CREDENTIALS_WRONG - before)
  } while (performance.now() < end && hashesMeanwhile.length < MOST_REFRESHES)
  await Promise.all(flood)
  expect(median(hashesMeanwhile)).toBeLessThan(ALLOWED_HASHES)
  expect(answers.CREDENTIALS_WRONG).toBeGreaterThan(0)
  expect(answers.TOO_BUSY).toBeGreaterThan(SENDERS / 4)
})
