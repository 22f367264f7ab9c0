import type { Audited } from '@neotool/contracts/events/audit'
import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  MEMBER_PERMISSIONS,
  PASSWORD,
  type Person,
  REFRESH,
  type SecurityFixture,
  SIGN_IN,
  SIGN_OUT,
  startSecurity,
} from './security-fixture.ts'

let fixture: SecurityFixture
let person: Person
beforeAll(async () => {
  fixture = await startSecurity()
  person = await fixture.newPerson()
})
afterAll(() => fixture[Symbol.asyncDispose]())

/** What was written for the audit log while something was done. */
const during = async (what: () => Promise<unknown>): Promise<readonly Audited[]> => {
  const before = (await auditedIn(fixture.database)).length
  await what()
  return (await auditedIn(fixture.database)).slice(before)
}

const signIn = (email: string, password = PASSWORD) =>
  fixture.send<{ signIn: { session: { accessToken: string; refreshToken: string } } }>(SIGN_IN, {
    input: { email, password },
  })

const owner = () => ({ kind: 'user', id: person.userId, permissions: MEMBER_PERMISSIONS })

describe('the audit trail has', () => {
  it('a sign-in, with who it was and the session that began', async () => {
    let sessionId: unknown
    const rows = await during(async () => {
      sessionId = decodeJwt(dataOf(await signIn(person.email)).signIn.session.accessToken).sid
    })
    expect(rows).toEqual([
      {
        actor: owner(),
        action: 'security:session:start',
        resource: { type: 'Session', id: sessionId },
        outcome: 'allowed',
        policyIds: [],
      },
    ])
  })

  it.each([
    ['with a wrong password, by the account', () => person.email, () => ({ id: person.userId })],
    ['of an account that does not exist, without one', () => 'nobody@example.org', () => ({})],
  ])('one row for a failed sign-in %s', async (_what, email, account) => {
    expect(await during(() => signIn(email(), 'a wrong password'))).toEqual([
      {
        actor: { kind: 'anonymous' },
        action: 'security:session:start',
        resource: { type: 'User', ...account() },
        outcome: 'failed',
        policyIds: [],
        reason: 'CREDENTIALS_WRONG',
      },
    ])
  })

  it('a sign-out, once however often it is repeated', async () => {
    const { session } = dataOf(await signIn(person.email)).signIn
    const rows = await during(async () => {
      for (let time = 1; time <= 2; time += 1) dataOf(await fixture.send(SIGN_OUT, { token: session.refreshToken }))
    })
    expect(rows).toMatchObject([
      { actor: owner(), action: 'security:session:end', resource: { id: decodeJwt(session.accessToken).sid } },
    ])
  })

  it('the use of a refresh token that was replaced long since, though the request fails', async () => {
    const { session } = dataOf(await signIn(person.email)).signIn
    const refresh = () => fixture.send(REFRESH, { token: session.refreshToken })
    dataOf(await refresh())
    fixture.advance(60_000)
    expect(await during(refresh)).toMatchObject([
      {
        actor: { kind: 'anonymous' },
        action: 'security:session:refresh',
        resource: { type: 'Session', id: decodeJwt(session.accessToken).sid },
        outcome: 'failed',
        reason: 'TOKEN_REUSED',
      },
    ])
  })
})
