import { revocations } from '@neotool/contracts/events/tables'
import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { TEST_AUDIENCE } from '@neotool/testkit/issuer'
import { decodeJwt, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { userId } from '../src/user.ts'
import { basic, type Client, DISABLE, later, newAdministrator, newClient, post } from './machines-fixture.ts'
import { type Person, type SecurityFixture, SIGN_OUT, startSecurity } from './security-fixture.ts'

const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const OTHER_AUDIENCE = 'https://billing.example'

let fixture: SecurityFixture
let administrator: Person
let person: Person
let client: Client
beforeAll(async () => {
  fixture = await startSecurity()
  administrator = await newAdministrator(fixture)
  person = await fixture.newPerson()
  // Members see products and may not remove customers; a service that does both has the first in common with them.
  const permissions = ['app:product:view', 'app:customer:delete', 'security:user:view']
  client = await newClient(fixture, administrator, { permissions, audiences: [TEST_AUDIENCE, OTHER_AUDIENCE] })
})
afterAll(() => fixture[Symbol.asyncDispose]())

const exchange = (subjectToken: string, form: Readonly<Record<string, string>> = {}, by: Client = client) =>
  post(
    fixture,
    '/oauth/token',
    { grant_type: EXCHANGE, subject_token: subjectToken, subject_token_type: ACCESS_TOKEN, ...form },
    { authorization: basic(by) },
  )
const exchanged = async (subject: Person = person, form = {}): Promise<string> => {
  const { body } = await exchange(subject.accessToken, form)
  expect(body.error).toBeUndefined()
  return String(body.access_token)
}
const ownToken = async (by: Client = client): Promise<string> => {
  const { body } = await post(
    fixture,
    '/oauth/token',
    { grant_type: 'client_credentials' },
    { authorization: basic(by) },
  )
  return String(body.access_token)
}
const form = (path: string, token: string, by: Client = client) =>
  post(fixture, path, { token }, { authorization: basic(by) })
const introspect = async (token: string, by: Client = client) => (await form('/oauth/introspect', token, by)).body

const deniedEntries = async () =>
  (await fixture.database.selectFrom('outbox').select('value').where('topic', '=', revocations.topic).execute()).map(
    ({ value }) => value,
  )

describe('a service that acts for a user', () => {
  it('gets a token with what both may do, which says who acts', async () => {
    const { status, headers, body } = await exchange(person.accessToken)
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(body).toMatchObject({
      issued_token_type: ACCESS_TOKEN,
      token_type: 'Bearer',
      scope: 'app:product:view security:user:view',
    })
    const claims = decodeJwt(String(body.access_token))
    const { sid, auth_time, acr, groups } = decodeJwt(person.accessToken)
    expect(claims).toMatchObject({ sub: person.userId, act: { sub: client.id }, client_id: client.id, sid })
    expect(claims).toMatchObject({ auth_time, acr, groups, aud: TEST_AUDIENCE })
    expect(claims.permissions).toEqual(['app:product:view', 'security:user:view'])
  })

  it('may ask for less, and not for what only one of them holds', async () => {
    expect(decodeJwt(await exchanged(person, { scope: 'app:product:view' })).permissions).toEqual(['app:product:view'])
    for (const scope of ['app:customer:delete', 'app:product:save', 'security:key:rotate']) {
      expect((await exchange(person.accessToken, { scope })).body.error).toBe('invalid_scope')
    }
    const stranger = await newClient(fixture, administrator, { permissions: ['security:service:view'] })
    expect((await exchange(person.accessToken, {}, stranger)).body.error).toBe('invalid_scope')
  })

  it('has no longer than the user’s token has', async () => {
    await later(fixture, 10 * 60_000, async () => {
      const { body } = await exchange(person.accessToken)
      expect(decodeJwt(String(body.access_token)).exp).toBe(decodeJwt(person.accessToken).exp)
      expect(body.expires_in).toBe(300)
    })
  })

  it('gets no right that the user lost since, whatever their token says', async () => {
    const loser = await fixture.newPerson()
    await fixture.database.deleteFrom('group_members').where('user_id', '=', userId.parse(loser.userId)).execute()
    expect((await exchange(loser.accessToken)).body.error).toBe('invalid_scope')
  })

  it('sees the user as others do: not their e-mail, nor may it change their account', async () => {
    const actor = { token: await exchanged() }
    const query = '{ currentUser { id email } }'
    const answer = await fixture.send<{ currentUser: { email: string | null } | null }>(query, {}, actor)
    expect(answer.data?.currentUser).toMatchObject({ id: person.userId, email: null })
    expect(answer.errors[0]?.extensions.reason).toBe('PERMISSION_MISSING')
    const change = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }'
    const { errors } = await fixture.send(change, { input: { displayName: 'Eve', version: 1 } }, actor)
    expect(errors[0]?.extensions.reason).toBe('PERMISSION_MISSING')
  })

  it('cannot make a principal of its own, however fresh the sign-in and however mighty the user', async () => {
    const permissions = ['security:service:save', 'app:product:view']
    const mighty = await newClient(fixture, administrator, { permissions })
    const { body } = await exchange(administrator.accessToken, {}, mighty)
    const { errors } = await fixture.send(
      'mutation ($input: CreateServicePrincipalInput!) { createServicePrincipal(input: $input) { clientSecret } }',
      { input: { name: 'Mine', permissions: ['app:product:view'] } },
      { token: String(body.access_token) },
    )
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('is in the audit trail', async () => {
    const before = (await auditedIn(fixture.database)).length
    await exchanged()
    expect((await auditedIn(fixture.database)).slice(before)).toMatchObject([
      {
        actor: { kind: 'user', id: person.userId, actingServiceId: client.id },
        action: 'security:token:exchange',
        outcome: 'allowed',
      },
    ])
  })
})

describe('the subject is refused where it is', () => {
  const resign = (change: Readonly<Record<string, unknown>>, header = { typ: 'at+jwt' }) => {
    const { kid, privateKey } = fixture.signingKey
    return new SignJWT({ ...decodeJwt(person.accessToken), ...change })
      .setProtectedHeader({ alg: 'RS256', kid, ...header })
      .sign(privateKey)
  }
  const subjects: [string, () => Promise<string> | string][] = [
    ['a service', () => ownToken()],
    ['a token that was exchanged already', () => exchanged()],
    ['a refresh token', () => person.refreshToken],
    ['expired', () => resign({ exp: Math.floor(Date.now() / 1_000) - 60 })],
    ['for another audience', () => resign({ aud: OTHER_AUDIENCE })],
    ['of another issuer', () => resign({ iss: 'https://evil.example' })],
    ['no access token', () => resign({}, { typ: 'JWT' })],
    ['forged', () => `${person.accessToken.slice(0, -8)}AAAAAAAA`],
    ['no token', () => 'x'],
  ]
  it.each(subjects)('%s', async (_what, make) => {
    const { status, body } = await exchange(await make())
    expect([status, body.error]).toEqual([400, 'invalid_request'])
    expect(body.error_description).toMatch(/^[ !#-[\]-~]+$/)
  })

  it('the token of somebody who signed out, before any process has read of it', async () => {
    const leaver = await fixture.newPerson()
    expect((await exchange(leaver.accessToken)).status).toBe(200)
    dataOf(await fixture.send(SIGN_OUT, { token: leaver.refreshToken }))
    expect((await exchange(leaver.accessToken)).body.error).toBe('invalid_request')
  })

  it.each([
    [{ subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' }, 'invalid_request'],
    [{ subject_token_type: '' }, 'invalid_request'],
    [{ requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }, 'invalid_request'],
    [{ actor_token: 'x', actor_token_type: ACCESS_TOKEN }, 'invalid_request'],
    [{ audience: 'https://evil.example' }, 'invalid_target'],
  ])('asked for with %j', async (given, error) => {
    expect((await exchange(person.accessToken, given)).body.error).toBe(error)
  })

  it('presented by nobody', async () => {
    const given = { grant_type: EXCHANGE, subject_token: person.accessToken, subject_token_type: ACCESS_TOKEN }
    expect((await post(fixture, '/oauth/token', given)).body.error).toBe('invalid_client')
  })
})

describe('/oauth/introspect', () => {
  it('tells what a token is good for: a user’s, a service’s, one of both, one for others', async () => {
    expect(await introspect(person.accessToken)).toMatchObject({
      active: true,
      sub: person.userId,
      token_type: 'Bearer',
    })
    expect(await introspect(await ownToken())).toMatchObject({ active: true, sub: client.id, client_id: client.id })
    const acting = await introspect(await exchanged(person, { audience: OTHER_AUDIENCE }))
    expect(acting).toMatchObject({ active: true, act: { sub: client.id }, aud: OTHER_AUDIENCE })
    expect(acting.scope).toBe('app:product:view security:user:view')
  })

  it('says no more than no of what is not good', async () => {
    const { kid, privateKey } = fixture.signingKey
    const sign = (payload: object) =>
      new SignJWT({ ...payload }).setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', kid }).sign(privateKey)
    const claims = decodeJwt(person.accessToken)
    const bad = [
      'x',
      person.refreshToken,
      await sign({ ...claims, exp: 1 }),
      await sign({ ...claims, iss: 'https://evil.example' }),
      await sign({ ...claims, aud: [TEST_AUDIENCE, OTHER_AUDIENCE] }),
      `${person.accessToken.slice(0, -8)}AAAAAAAA`,
    ]
    for (const token of bad) expect(await introspect(token)).toEqual({ active: false })
  })

  it('knows at once of a session that ended and of a service that was disabled', async () => {
    const leaver = await fixture.newPerson()
    const gone = await newClient(fixture, administrator)
    const { body } = await exchange(leaver.accessToken, {}, gone)
    const tokens = [leaver.accessToken, await ownToken(gone), String(body.access_token)]
    const active = () => Promise.all(tokens.map(async (token) => (await introspect(token)).active))
    expect(await active()).toEqual([true, true, true])
    dataOf(await fixture.send(DISABLE, { id: gone.id }, administrator))
    expect(await active()).toEqual([true, false, false])
    dataOf(await fixture.send(SIGN_OUT, { token: leaver.refreshToken }))
    expect(await active()).toEqual([false, false, false])
  })

  it('answers clients alone', async () => {
    const { status, body } = await post(fixture, '/oauth/introspect', { token: person.accessToken })
    expect([status, body.error]).toEqual([401, 'invalid_client'])
    expect((await form('/oauth/introspect', '')).body.error).toBe('invalid_request')
  })
})

describe('/oauth/revoke', () => {
  it('ends the session of a refresh token', async () => {
    const leaver = await fixture.newPerson()
    const { status, headers } = await form('/oauth/revoke', leaver.refreshToken)
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(await introspect(leaver.accessToken)).toEqual({ active: false })
    expect((await form('/oauth/revoke', leaver.refreshToken)).status).toBe(200)
  })

  it('has every process refuse an access token that was issued to the client', async () => {
    for (const token of [await ownToken(), await exchanged()]) {
      expect((await form('/oauth/revoke', token)).status).toBe(200)
      expect(await deniedEntries()).toContainEqual({
        tokenId: decodeJwt(token).jti,
        revokedAt: fixture.now().toISOString(),
      })
    }
  })

  it('leaves the tokens of others alone, and says so', async () => {
    const other = await newClient(fixture, administrator)
    const before = (await deniedEntries()).length
    for (const token of [person.accessToken, await ownToken(other)]) {
      expect((await form('/oauth/revoke', token)).body.error).toBe('invalid_grant')
    }
    expect(await deniedEntries()).toHaveLength(before)
  })

  it('takes a token that is not good for one that is revoked, from clients alone', async () => {
    for (const token of ['x', 'x'.repeat(43), 'a.b.c']) expect((await form('/oauth/revoke', token)).status).toBe(200)
    expect((await post(fixture, '/oauth/revoke', { token: 'x' })).status).toBe(401)
  })
})
