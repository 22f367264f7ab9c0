import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { decodeProtectedHeader } from 'jose'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PUBLISHED_BEFORE_MS } from '../src/key-ring.ts'
import { type Person, REFRESH, type SecurityFixture, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
let member: Person
let administrator: Person
beforeAll(async () => {
  fixture = await startSecurity()
  member = await fixture.newPerson()
  const person = await fixture.newPerson()
  await sql`insert into group_members (group_id, user_id)
    select id, ${person.userId}::uuid from groups where name = 'Administrators'`.execute(fixture.database)
  administrator = { ...person, ...(await refreshed(person.refreshToken)) }
})
afterAll(() => fixture[Symbol.asyncDispose]())

const refreshed = async (refreshToken: string) => {
  const answer = await fixture.send<{ refreshAccessToken: { session: { accessToken: string; refreshToken: string } } }>(
    REFRESH,
    { token: refreshToken },
  )
  const { session } = dataOf(answer).refreshAccessToken
  return { ...session, token: session.accessToken }
}

type Key = { readonly id: string; readonly state: string; readonly createdAt: string; readonly since: string }
const KEYS = '{ signingKeys { id state createdAt since } }'
const ROTATE = 'mutation { rotateSigningKey { signingKeys { id state } } }'
const keys = async () =>
  dataOf(await fixture.send<{ signingKeys: Key[] }>(KEYS, {}, { token: administrator.token })).signingKeys
const reasonOf = async (query: string, token?: string) => {
  const { errors } = await fixture.send(query, {}, token === undefined ? undefined : { token })
  return errors[0]?.extensions.reason
}

describe.each([
  ['signingKeys', KEYS],
  ['rotateSigningKey', ROTATE],
])('%s', (_name, query) => {
  it('is for nobody but those who hold its permission', async () => {
    expect(await reasonOf(query)).toBe('SIGN_IN_REQUIRED')
    expect(await reasonOf(query, member.token)).toBe('PERMISSION_MISSING')
  })
})

describe('signingKeys', () => {
  it('tells ids, states and times, and nothing that is secret', async () => {
    const [next, current, ...others] = await keys()
    expect(others).toEqual([])
    expect(current).toEqual({
      id: fixture.signingKey.kid,
      state: 'CURRENT',
      createdAt: expect.any(String),
      since: expect.any(String),
    })
    expect(next?.state).toBe('NEXT')
  })
})

describe('rotateSigningKey', () => {
  it('is refused while the next key is too new, and nothing is recorded then', async () => {
    const { errors } = await fixture.send(ROTATE, {}, { token: administrator.token })
    expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'NEXT_KEY_TOO_NEW', retryAfterSeconds: 10 })
    expect((await auditedIn(fixture.database)).filter(({ outcome, action }) => isRotation(action, outcome))).toEqual([])
  })

  it('has the next key sign; tokens of the one before stay good, also on other replicas; it is recorded', async () => {
    fixture.advance(PUBLISHED_BEFORE_MS)
    const [next, current] = await keys()
    const answer = await fixture.send<{ rotateSigningKey: { signingKeys: Key[] } }>(
      ROTATE,
      {},
      { token: administrator.token },
    )
    // Tokens are verified by the clock on the wall, by which those of the future are refused.
    fixture.advance(-PUBLISHED_BEFORE_MS)
    const rotated = dataOf(answer).rotateSigningKey.signingKeys
    expect(rotated.map(({ state }) => state)).toEqual(['NEXT', 'CURRENT', 'PREVIOUS'])
    expect(rotated.slice(1).map(({ id }) => id)).toEqual([next?.id, current?.id])

    const fresh = await refreshed(member.refreshToken)
    expect(decodeProtectedHeader(fresh.accessToken).kid).toBe(next?.id)
    for (const token of [member.token, fresh.token]) {
      for (const send of [fixture.send, fixture.replica]) {
        expect(dataOf(await send('{ currentUser { id } }', {}, { token }))).toEqual({
          currentUser: { id: member.userId },
        })
      }
    }
    const recorded = (await auditedIn(fixture.database)).filter(({ outcome, action }) => isRotation(action, outcome))
    expect(recorded).toMatchObject([{ actor: { kind: 'user', id: administrator.userId }, policyIds: ['key-rotate'] }])
  })

  it('asks for a fresh proof of who it is', async () => {
    const stale = await refreshed(administrator.refreshToken)
    fixture.advance(5 * 60_000 + 1)
    expect(await reasonOf(ROTATE, stale.token)).toBe('STEP_UP_REQUIRED')
    expect(await reasonOf(KEYS, stale.token)).toBeUndefined()
  })
})

const isRotation = (action: string, outcome: string): boolean =>
  action === 'security:key:rotate' && outcome === 'allowed'
