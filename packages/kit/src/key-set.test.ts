import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { eventually } from '@neotool/testkit/eventually'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE, type Authenticate, createAuthenticate } from './auth.ts'
import { type KeySet, startKeySet } from './key-set.ts'
import { createLogger } from './telemetry.ts'

const issuer = 'https://security.test'
const audience = 'neotool'
const log = createLogger({ service: 'test', level: 'silent' })

type Pair = Awaited<ReturnType<typeof generateKeyPair>> & { readonly kid: string }
const makePair = async (kid: string): Promise<Pair> => ({ kid, ...(await generateKeyPair('RS256')) })

let first: Pair
let second: Pair
let requests = 0
let answer: { status: number; body: string } | 'none'
const jwks = createServer((request, response) => {
  requests += 1
  if (answer === 'none') return void request.socket.destroy()
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
})
const publish = async (...pairs: readonly Pair[]) => {
  const keys = await Promise.all(
    pairs.map(async ({ kid, publicKey }) => ({ ...(await exportJWK(publicKey)), kid, alg: 'RS256' })),
  )
  answer = { status: 200, body: JSON.stringify({ keys }) }
}

beforeAll(async () => {
  ;[first, second] = await Promise.all([makePair('first'), makePair('second')])
  await once(jwks.listen(0, '127.0.0.1'), 'listening')
})
afterAll(() => void jwks.close().closeAllConnections())

let stack: AsyncDisposableStack
beforeEach(async () => {
  stack = new AsyncDisposableStack()
  await publish(first)
  requests = 0
})
afterEach(() => stack.disposeAsync())

const start = (options: { refreshMs?: number; keptMs?: number } = {}): KeySet & { authenticate: Authenticate } => {
  const keySet = startKeySet(`http://127.0.0.1:${(jwks.address() as AddressInfo).port}/jwks.json`, { log, ...options })
  stack.defer(keySet.stop)
  const rules = { issuer, audience, findRevocation: () => undefined }
  return { ...keySet, authenticate: createAuthenticate({ ...rules, keys: keySet.keys }) }
}
const untilFetched = ({ fetched }: KeySet) => eventually('the keys', async () => (await fetched()) === undefined)
/** Why the token is refused; `none` where it is not. */
const refusal = ({ authenticate }: { authenticate: Authenticate }, token: string): Promise<string> =>
  authenticate(token).then(
    () => 'none',
    ({ reason }) => reason,
  )

const tokenOf = async ({ kid, privateKey }: Pair): Promise<string> => {
  const now = Math.floor(Date.now() / 1_000)
  const times = { iat: now, nbf: now, exp: now + 900, auth_time: now }
  const ids = { sub: randomUUID(), sid: randomUUID(), jti: randomUUID(), rights_version: 0 }
  const rights = { groups: [], permissions: [], email_verified: true, acr: 'single-factor' }
  const signer = new SignJWT({ iss: issuer, aud: audience, ...times, ...ids, ...rights })
  return `Bearer ${await signer.setProtectedHeader({ alg: 'RS256', typ: ACCESS_TOKEN_TYPE, kid }).sign(privateKey)}`
}

const isOfUser = { kind: 'user' }

describe('the keys', () => {
  it('are fetched before the first token, and once for many', async () => {
    const keySet = start()
    await untilFetched(keySet)
    expect(requests).toBe(1)
    for (let n = 0; n < 20; n += 1) {
      expect(await keySet.authenticate(await tokenOf(first))).toMatchObject(isOfUser)
    }
    expect(requests).toBe(1)
  })

  it('are waited for where security begins later, and this process is not ready until then', async () => {
    answer = 'none'
    const keySet = start()
    await eventually('a fetch that fails', () => requests > 0)
    await expect(keySet.fetched()).rejects.toMatchObject({ kind: 'unavailable', reason: 'KEYS_UNAVAILABLE' })
    await publish(first)
    await untilFetched(keySet)
  })

  it('verify on while security is away', async () => {
    const keySet = start({ refreshMs: 10 })
    await untilFetched(keySet)
    answer = { status: 503, body: '' }
    const before = requests
    await eventually('two fetches that fail', () => requests >= before + 2)
    expect(await keySet.authenticate(await tokenOf(first))).toMatchObject(isOfUser)
  })

  it('that are published no more verify nothing soon, without anybody asking for another', async () => {
    const keySet = start({ refreshMs: 10 })
    await untilFetched(keySet)
    const token = await tokenOf(first)
    await publish(second)
    await eventually(
      'a refusal',
      () => refusal(keySet, token),
      (reason) => reason === 'TOKEN_INVALID',
    )
  })

  it('that are new are fetched at the first token', async () => {
    const keySet = start()
    await untilFetched(keySet)
    await publish(first, second)
    const token = await tokenOf(second)
    await eventually(
      'a token of the second',
      () => refusal(keySet, token),
      (reason) => reason === 'none',
    )
  })

  it.each([
    ['TOKEN_INVALID', 'that are unknown are looked for once a second, however many are forged'],
    ['KEYS_UNAVAILABLE', 'are asked for once a second by forged tokens, where security does not answer'],
  ])('%s: %s', async (reason) => {
    const keySet = start()
    await untilFetched(keySet)
    const forged = await tokenOf({ ...first, kid: 'nobody' })
    if (reason === 'KEYS_UNAVAILABLE') answer = 'none'
    await eventually(
      'the first refusal after a second',
      () => refusal(keySet, forged),
      (found) => found === reason,
    )
    const [before, begin] = [requests, performance.now()]
    for (let n = 0; n < 200; n += 1) expect(await refusal(keySet, forged)).toBe(reason)
    await Promise.all(Array.from({ length: 50 }, () => refusal(keySet, forged)))
    // And those of the loop.
    const seconds = (performance.now() - begin) / 1_000
    expect(requests - before).toBeLessThanOrEqual(2 + 2 * seconds)
  })
})

describe('a token is not at fault', () => {
  const isUnavailable = { kind: 'unavailable', reason: 'KEYS_UNAVAILABLE' }

  it.each([
    ['does not answer', 'none' as const],
    ['is down', { status: 503, body: '' }],
    ['answers nonsense', { status: 200, body: '<html>' }],
    ['answers with something else', { status: 200, body: '{"keys": 1}' }],
  ])('where the key set %s', async (_what, broken) => {
    answer = broken
    const { authenticate, fetched } = start()
    await expect(authenticate(await tokenOf(first))).rejects.toMatchObject(isUnavailable)
    await expect(fetched()).rejects.toMatchObject(isUnavailable)
  })

  it('where the keys are too old to be trusted', async () => {
    const keySet = start({ refreshMs: 10, keptMs: 200 })
    await untilFetched(keySet)
    answer = { status: 503, body: '' }
    const token = await tokenOf(first)
    await eventually(
      'a refusal',
      () => refusal(keySet, token),
      (reason) => reason === 'KEYS_UNAVAILABLE',
    )
    // They were there once: other replicas are no better off, so this one goes on answering.
    await keySet.fetched()
  })
})
