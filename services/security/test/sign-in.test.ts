import { dataOf } from '@neotool/testkit/graphql-client'
import * as argon2 from '@node-rs/argon2'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { MEMBERS } from '../src/groups.ts'
import {
  MEMBER_PERMISSIONS,
  PASSWORD,
  type Person,
  type SecurityFixture,
  SIGN_IN,
  startSecurity,
} from './security-fixture.ts'

vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof argon2>()
  return { ...real, hash: vi.fn(real.hash), verify: vi.fn(real.verify) }
})

let fixture: SecurityFixture
let person: Person
beforeAll(async () => {
  fixture = await startSecurity()
  person = await fixture.newPerson()
})
afterAll(() => fixture[Symbol.asyncDispose]())
beforeEach(() => vi.clearAllMocks())

const signIn = (email: string, password: string) =>
  fixture.send<{ signIn: { session: { accessToken: string; refreshToken: string } } }>(SIGN_IN, {
    input: { email, password },
  })

const hashOf = async (userId: string): Promise<string | undefined> =>
  (await fixture.database.selectFrom('users').selectAll().execute()).find(({ id }) => id === userId)?.password_hash ??
  undefined

describe('signIn', () => {
  it('issues an access token that says who it is, for whom, until when and with which rights', async () => {
    const { signIn: answer } = dataOf(await signIn(person.email, PASSWORD))
    const { accessToken } = answer.session
    expect(decodeProtectedHeader(accessToken)).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: fixture.signingKey.kid })
    const now = Math.floor(fixture.now().getTime() / 1_000)
    expect(decodeJwt(accessToken)).toEqual({
      acr: 'single-factor',
      auth_time: now,
      email_verified: false,
      rights_version: 1,
      iss: 'https://security.test',
      aud: 'neotool-test',
      sub: person.userId,
      sid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: now,
      nbf: now,
      exp: now + 900,
      groups: [MEMBERS],
      permissions: MEMBER_PERMISSIONS,
    })
  })

  it('lets the person see all of their account in the same answer', async () => {
    const query = `mutation ($input: SignInInput!) { signIn(input: $input) { user { email permissions } } }`
    const answer = await fixture.send(query, { input: { email: person.email, password: PASSWORD } })
    expect(dataOf(answer)).toMatchObject({ signIn: { user: { email: person.email } } })
  })

  it('begins a session of its own each time', async () => {
    const answers = await Promise.all([signIn(person.email, PASSWORD), signIn(person.email, PASSWORD)])
    const tokens = answers.map((answer) => dataOf(answer).signIn.session)
    expect(new Set(tokens.map(({ refreshToken }) => refreshToken)).size).toBe(2)
    expect(new Set(tokens.map(({ accessToken }) => decodeJwt(accessToken).sid)).size).toBe(2)
  })

  it('takes the e-mail in capitals and with blanks around it', async () => {
    dataOf(await signIn(`  ${person.email.toUpperCase()} `, PASSWORD))
  })

  it('answers and works alike for a wrong password and for an unknown e-mail', async () => {
    const wrong = await signIn(person.email, 'correct horse bakery!')
    expect(argon2.verify).toHaveBeenCalledTimes(1)
    const unknown = await signIn('nobody@example.org', PASSWORD)
    expect(argon2.verify).toHaveBeenCalledTimes(2)
    expect(argon2.hash).not.toHaveBeenCalled()
    const [wrongError, unknownError] = [wrong.errors[0], unknown.errors[0]]
    expect(wrongError?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'CREDENTIALS_WRONG' })
    expect({ ...unknownError, extensions: { ...unknownError?.extensions, traceId: '' } }).toEqual({
      ...wrongError,
      extensions: { ...wrongError?.extensions, traceId: '' },
    })
    expect([wrong.status, wrong.data]).toEqual([unknown.status, unknown.data])
    const parameters = vi.mocked(argon2.verify).mock.calls.map(([hashed]) => argon2.parseOptions(hashed))
    expect(parameters[1]).toEqual(parameters[0])
  })

  it.each(['', "' or '1'='1", PASSWORD.toUpperCase(), `${PASSWORD} `, `${PASSWORD}\0`, '%', PASSWORD.slice(0, -1)])(
    'refuses %j',
    async (password) => {
      const { errors } = await signIn(person.email, password)
      expect(errors[0]?.extensions.reason).toBe('CREDENTIALS_WRONG')
    },
  )

  it.each(['%@example.org', "x' or 1=1;--", "'or'1'='1'@example.org", '_@_'])('finds nobody as %j', async (email) => {
    const { errors } = await signIn(email, PASSWORD)
    expect(['CREDENTIALS_WRONG', 'INPUT_INVALID']).toContain(errors[0]?.extensions.reason)
  })

  it.each([
    ['e-mail', 'a'.repeat(10_000), PASSWORD],
    ['password', 'ann@example.org', 'x'.repeat(10_000)],
  ])('refuses an %s of 10 kB without hashing anything', async (_what, email, password) => {
    const { errors } = await signIn(email, password)
    expect(errors[0]?.extensions.reason).toBe('INPUT_INVALID')
    expect(argon2.verify).not.toHaveBeenCalled()
  })

  it('hashes the password anew where it was hashed with former parameters, once it is right', async () => {
    const other = await fixture.newPerson()
    const former = await argon2.hash(PASSWORD, { memoryCost: 12_288, timeCost: 3, parallelism: 1 })
    await fixture.database
      .updateTable('users')
      .set({ password_hash: former })
      .where('email', '=', other.email)
      .execute()
    await signIn(other.email, 'correct horse bakery!')
    expect(await hashOf(other.userId)).toBe(former)
    dataOf(await signIn(other.email, PASSWORD))
    const renewed = await hashOf(other.userId)
    expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    dataOf(await signIn(other.email, PASSWORD))
    expect(await hashOf(other.userId)).toBe(renewed)
  })
})
