import { randomUUID } from 'node:crypto'
import * as argon2 from '@node-rs/argon2'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { PASSWORD, REFRESH, type SecurityFixture, SIGN_IN, SIGN_UP, startSecurity } from './security-fixture.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>()
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) }
})

const REQUEST_RESET = `mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { requested } }`
const VERIFY = 'mutation ($input: VerifyEmailWithTokenInput!) { verifyEmailWithToken(input: $input) { verified } }'
const MINUTE_MS = 60_000

let fixture: SecurityFixture
beforeAll(async () => {
  fixture = await startSecurity({ areLimitsOn: true })
})
afterAll(() => fixture[Symbol.asyncDispose]())
afterEach(() => vi.useRealTimers())

let counter = 0
const newAddress = (): string => {
  counter += 1
  return `198.18.${counter >> 8}.${counter & 255}`
}

type Begun = { readonly session: { readonly refreshToken: string } }
type Answer = {
  readonly data: { readonly signIn: Begun; readonly refreshAccessToken: Begun }
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> }[]
}

const post = async (address: string, query: string, variables: unknown): Promise<Answer> => {
  const response = await fixture.app.inject({
    method: 'POST',
    url: '/graphql',
    remoteAddress: address,
    payload: { query, variables },
  })
  return response.json()
}

const reasonOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions.reason

const signUp = (email: string, address = newAddress()) =>
  post(address, SIGN_UP, { input: { email, password: PASSWORD, displayName: 'Ann' } })

const newSession = async (): Promise<string> => {
  const email = `${randomUUID()}@example.org`
  await signUp(email)
  return (await post(newAddress(), SIGN_IN, { input: { email, password: PASSWORD } })).data.signIn.session.refreshToken
}

const refresh = (token: string, address: string) => post(address, REFRESH, { token })

describe('refreshing', () => {
  it('signs nobody out of twenty tabs that do it at once, again and again, and late', async () => {
    const [home, first] = [newAddress(), await newSession()]
    let token = first
    for (let round = 0; round < 5; round += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(token, home)))
      expect(answers.map(reasonOf)).toEqual(Array(20).fill(undefined))
      const successors = new Set(answers.map(({ data }) => data.refreshAccessToken.session.refreshToken))
      expect(successors.size).toBe(1)
      // A tab that was slow still has the former token.
      fixture.advance(9_000)
      expect(reasonOf(await refresh(token, home))).toBeUndefined()
      token = [...successors][0] ?? ''
      fixture.advance(15 * MINUTE_MS)
    }
    expect(reasonOf(await refresh(token, home))).toBeUndefined()
  })

  it('too often is refused for a while, and ends no session', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    let token = await newSession()
    const results: unknown[] = []
    for (let round = 0; round < 25; round += 1) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(token, newAddress())))
      results.push(...answers.map(reasonOf))
      token = answers.find(({ data }) => data)?.data.refreshAccessToken.session.refreshToken ?? token
    }
    expect(results.filter((reason) => reason === undefined)).toHaveLength(240)
    expect(results.filter((reason) => reason === 'TOO_MANY_ATTEMPTS')).toHaveLength(10)
    vi.setSystemTime(Date.now() + MINUTE_MS + 1)
    expect(reasonOf(await refresh(token, newAddress()))).toBeUndefined()
  })

  it('with tokens that nobody was given is limited by address', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const address = newAddress()
    const token = () => Buffer.from(randomUUID().repeat(2)).toString('base64url').slice(0, 43)
    const results: unknown[] = []
    for (let round = 0; round < 13; round += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => refresh(token(), address)))
      results.push(...answers.map(reasonOf))
    }
    expect(results.filter((reason) => reason === 'SESSION_ENDED')).toHaveLength(1_200)
    expect(results.filter((reason) => reason === 'TOO_MANY_ATTEMPTS')).toHaveLength(100)
  })
})

describe('limits tell nobody who has an account', () => {
  /** All that one address learns by asking for the same e-mail again and again, and how many hashes that took. */
  const course = async (query: string, input: object, times: number) => {
    const address = newAddress()
    vi.clearAllMocks()
    const answers: unknown[] = []
    for (let time = 0; time < times; time += 1) {
      const { data, errors = [] } = await post(address, query, { input })
      // Seconds pass while a test runs.
      const plain = errors.map(({ extensions }) => ({ ...extensions, traceId: '', retryAfterSeconds: 0 }))
      answers.push({ data, errors: plain })
    }
    const { hash, verify } = vi.mocked(argon2)
    return { answers, hashes: hash.mock.calls.length, verifications: verify.mock.calls.length }
  }
  const inputOf = (email: string) => ({ email, password: PASSWORD, displayName: 'Ann' })
  const withoutEmail = (value: unknown, email: string) => JSON.parse(JSON.stringify(value).replaceAll(email, 'x'))

  it('by signing up', async () => {
    const [known, unknown] = [`${randomUUID()}@example.org`, `${randomUUID()}@example.org`]
    await signUp(known)
    // The known one has used up one of five already, by being opened.
    const [one, other] = [await course(SIGN_UP, inputOf(known), 5), await course(SIGN_UP, inputOf(unknown), 6)]
    expect(withoutEmail(one.answers, known)).toEqual(withoutEmail(other.answers.slice(1), unknown))
    expect([one.hashes, other.hashes]).toEqual([4, 5])
    expect(reasonsIn(one.answers)).toEqual([undefined, undefined, undefined, undefined, 'TOO_MANY_ATTEMPTS'])
  })

  it('by asking for a new password', async () => {
    const [known, unknown] = [`${randomUUID()}@example.org`, `${randomUUID()}@example.org`]
    await signUp(known)
    const [one, other] = [
      await course(REQUEST_RESET, { email: known }, 5),
      await course(REQUEST_RESET, { email: unknown.toUpperCase() }, 5),
    ]
    expect(one).toEqual(other)
    expect(reasonsIn(one.answers).slice(2)).toEqual([undefined, 'TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS'])
  })

  const reasonsIn = (answers: readonly unknown[]) =>
    answers.map((answer) => (answer as { errors: readonly { reason: string }[] }).errors[0]?.reason)
})

describe('links', () => {
  it('cannot be guessed for long from one address', async () => {
    const address = newAddress()
    const token = 'x'.repeat(43)
    const results: unknown[] = []
    for (let time = 0; time < 61; time += 1) results.push(reasonOf(await post(address, VERIFY, { input: { token } })))
    expect(results.slice(0, 60)).toEqual(Array(60).fill('VERIFICATION_TOKEN_INVALID'))
    expect(results[60]).toBe('TOO_MANY_ATTEMPTS')
  })
})
