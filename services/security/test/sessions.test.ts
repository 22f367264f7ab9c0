import { dataOf } from '@neotool/testkit/graphql-client'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionTokens } from '../src/generated/graphql.ts'
import { ADMINISTRATORS } from '../src/groups.ts'
import { refreshToken } from '../src/refresh-token.ts'
import { userId } from '../src/user.ts'
import { type Person, REFRESH, type SecurityFixture, SIGN_OUT, startSecurity } from './security-fixture.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

const NO_TOKENS = [
  ['an empty text', ''],
  ['a token that nobody was given', 'x'.repeat(43)],
  ['SQL', "' or 1=1 --"],
  ['10 kB', 'x'.repeat(10_000)],
  ['a NUL', `nul\0${'x'.repeat(39)}`],
  ['43 characters of another kind', '🔑'.repeat(43)],
] as const

let fixture: SecurityFixture
beforeAll(async () => {
  fixture = await startSecurity()
})
afterAll(() => fixture[Symbol.asyncDispose]())

type Refreshed = { refreshAccessToken: { session: SessionTokens } }

const send = (token: string, through = fixture.send) => through<Refreshed>(REFRESH, { token })
const refresh = async (token: string): Promise<SessionTokens> => dataOf(await send(token)).refreshAccessToken.session
const refusal = async (token: string): Promise<string | undefined> => (await send(token)).errors[0]?.extensions.reason
const signOut = (token: string) => fixture.send(SIGN_OUT, { token })

const sessionOf = async (person: Person) =>
  (await fixture.database.selectFrom('sessions').selectAll().execute()).filter(
    ({ user_id }) => user_id === person.userId,
  )[0]
const tokensOf = async (person: Person) => {
  const session = await sessionOf(person)
  return (await fixture.database.selectFrom('refresh_tokens').selectAll().execute()).filter(
    ({ session_id }) => session_id === session?.id,
  )
}

describe('refreshAccessToken', () => {
  it('gives a successor and an access token of the same session', async () => {
    const person = await fixture.newPerson()
    const next = await refresh(person.refreshToken)
    expect(next.refreshToken).not.toBe(person.refreshToken)
    expect(decodeJwt(next.accessToken).sid).toBe(decodeJwt(person.accessToken).sid)
    expect(decodeJwt(next.accessToken).jti).not.toBe(decodeJwt(person.accessToken).jti)
    await refresh(next.refreshToken)
  })

  it('reads the rights anew', async () => {
    const person = await fixture.newPerson()
    const id = userId.parse(person.userId)
    await fixture.database.insertInto('group_members').values({ group_id: ADMINISTRATORS, user_id: id }).execute()
    const promoted = await refresh(person.refreshToken)
    expect(decodeJwt(promoted.accessToken).permissions).toContain('security:user:view-private')
    await fixture.database.deleteFrom('group_members').where('user_id', '=', id).execute()
    const stripped = await refresh(promoted.refreshToken)
    expect(decodeJwt(stripped.accessToken)).toMatchObject({ groups: [], permissions: [] })
  })

  it('gives twenty parallel requests on two replicas the same successor, and stores it once', async () => {
    const person = await fixture.newPerson()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => send(person.refreshToken, index % 2 ? fixture.send : fixture.replica)),
    )
    const sessions = answers.map((answer) => dataOf(answer).refreshAccessToken.session)
    expect(new Set(sessions.map((session) => session.refreshToken)).size).toBe(1)
    expect(new Set(sessions.map((session) => session.refreshTokenExpiresAt)).size).toBe(1)
    expect(await tokensOf(person)).toHaveLength(2)
  })

  it('repeats its answer for ten seconds, and ends the session after them', async () => {
    const person = await fixture.newPerson()
    const next = await refresh(person.refreshToken)
    fixture.advance(9 * SECOND)
    expect((await refresh(person.refreshToken)).refreshToken).toBe(next.refreshToken)
    fixture.advance(2 * SECOND)
    expect(await refusal(person.refreshToken)).toBe('SESSION_ENDED')
    // The end was committed although the request that caused it failed: thief and owner are both out.
    expect(await sessionOf(person)).toMatchObject({ end_reason: 'token-reused', ended_at: expect.any(Date) })
    expect(await refusal(next.refreshToken)).toBe('SESSION_ENDED')
  })

  it('ends the session once when a stolen token is used many times at once', async () => {
    const person = await fixture.newPerson()
    await refresh(person.refreshToken)
    fixture.advance(11 * SECOND)
    const answers = await Promise.all(Array.from({ length: 10 }, () => refusal(person.refreshToken)))
    expect(new Set(answers)).toEqual(new Set(['SESSION_ENDED']))
    expect((await sessionOf(person))?.end_reason).toBe('token-reused')
  })

  it('lets the other sessions of the same person live', async () => {
    const [stolen, other] = [await fixture.newPerson(), await fixture.newPerson()]
    await refresh(stolen.refreshToken)
    fixture.advance(11 * SECOND)
    await refusal(stolen.refreshToken)
    await refresh(other.refreshToken)
  })

  it('refuses a token that was left for a day, but not one that was used before', async () => {
    const person = await fixture.newPerson()
    fixture.advance(23 * HOUR)
    const next = await refresh(person.refreshToken)
    fixture.advance(23 * HOUR)
    const later = await refresh(next.refreshToken)
    fixture.advance(24 * HOUR)
    expect(await refusal(later.refreshToken)).toBe('SESSION_ENDED')
  })

  it('refuses after thirty days however busy the session was, and no token outlives it', async () => {
    const person = await fixture.newPerson()
    const expiresAt = (await sessionOf(person))?.expires_at.getTime() ?? 0
    let token = person.refreshToken
    let last: SessionTokens = person
    for (let hours = 0; hours < 29 * 24 + 12; hours += 12) {
      fixture.advance(12 * HOUR)
      last = await refresh(token)
      token = last.refreshToken
    }
    expect(new Date(last.refreshTokenExpiresAt).getTime()).toBeLessThanOrEqual(expiresAt)
    fixture.advance(12 * HOUR - 60 * SECOND)
    last = await refresh(token)
    expect(new Date(last.accessTokenExpiresAt).getTime()).toBeLessThanOrEqual(expiresAt)
    fixture.advance(HOUR)
    expect(await refusal(last.refreshToken)).toBe('SESSION_ENDED')
  })

  it('stores no token, neither the first nor a successor', async () => {
    const person = await fixture.newPerson()
    const next = await refresh(person.refreshToken)
    const rows = await tokensOf(person)
    expect(rows).toHaveLength(2)
    const stored = JSON.stringify([await sessionOf(person), rows])
    for (const token of [person.refreshToken, next.refreshToken].map((text) => refreshToken.parse(text))) {
      const bytes = Buffer.from(token, 'base64url')
      expect(stored).not.toContain(token)
      expect(rows.some(({ token_hash }) => token_hash.equals(bytes))).toBe(false)
    }
  })

  it.each(NO_TOKENS)('refuses %s', async (_what, token) => {
    expect(await refusal(token)).toBe('SESSION_ENDED')
  })

  it('refuses an access token', async () => {
    const person = await fixture.newPerson()
    expect(await refusal(person.accessToken)).toBe('SESSION_ENDED')
  })
})

describe('signOut', () => {
  it('ends the session, and repeating it is harmless', async () => {
    const person = await fixture.newPerson()
    for (let times = 0; times < 2; times += 1) {
      expect(dataOf(await signOut(person.refreshToken))).toEqual({ signOut: { signedOut: true } })
    }
    expect((await sessionOf(person))?.end_reason).toBe('signed-out')
    expect(await refusal(person.refreshToken)).toBe('SESSION_ENDED')
  })

  it('ends it with a token that was used already, as a tab may hold it', async () => {
    const person = await fixture.newPerson()
    const next = await refresh(person.refreshToken)
    await signOut(person.refreshToken)
    expect(await refusal(next.refreshToken)).toBe('SESSION_ENDED')
  })

  it('leaves other sessions and a reason that was there before alone', async () => {
    const [stolen, other] = [await fixture.newPerson(), await fixture.newPerson()]
    await refresh(stolen.refreshToken)
    fixture.advance(11 * SECOND)
    await refusal(stolen.refreshToken)
    await signOut(stolen.refreshToken)
    expect((await sessionOf(stolen))?.end_reason).toBe('token-reused')
    await refresh(other.refreshToken)
  })

  it.each(NO_TOKENS)('is content with %s', async (_what, token) => {
    expect(dataOf(await signOut(token))).toEqual({ signOut: { signedOut: true } })
  })

  it('wins against refreshes of the same moment', async () => {
    const person = await fixture.newPerson()
    const [, ...refreshes] = await Promise.all([
      signOut(person.refreshToken),
      ...Array.from({ length: 5 }, () => send(person.refreshToken)),
    ])
    for (const { data } of refreshes) {
      if (data !== null) expect(await refusal(data.refreshAccessToken.session.refreshToken)).toBe('SESSION_ENDED')
    }
    expect((await sessionOf(person))?.end_reason).toBe('signed-out')
  })
})
