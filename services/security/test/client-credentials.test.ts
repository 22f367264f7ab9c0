import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { TEST_AUDIENCE, TEST_ISSUER } from '@neotool/testkit/issuer'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as opaqueToken from '../src/opaque-token.ts'
import {
  basic,
  type Client,
  DISABLE,
  later,
  type Made,
  newAdministrator,
  newClient,
  newPrincipal,
  post,
  ROTATE,
} from './machines-fixture.ts'
import { type Person, type SecurityFixture, startSecurity } from './security-fixture.ts'

// Wrapped, so that a test can count.
vi.mock('../src/opaque-token.ts', async (original) => {
  const actual = await original<typeof opaqueToken>()
  return { ...actual, hashOfToken: vi.fn(actual.hashOfToken) }
})

const HOUR = 3_600_000
const GRANT = { grant_type: 'client_credentials' }

let fixture: SecurityFixture
let administrator: Person
let client: Client
beforeAll(async () => {
  fixture = await startSecurity()
  administrator = await newAdministrator(fixture)
  client = await newClient(fixture, administrator)
})
afterAll(() => fixture[Symbol.asyncDispose]())

const ask = (form: Readonly<Record<string, string>> | string = GRANT, authorization: string = basic(client)) =>
  post(fixture, '/oauth/token', form, { authorization })

const rotate = async (input: Readonly<Record<string, unknown>>): Promise<Client> => {
  const answer = await fixture.send<{ rotateServiceSecret: Made }>(ROTATE, { input }, administrator)
  const { servicePrincipal, clientSecret } = dataOf(answer).rotateServiceSecret
  return { id: servicePrincipal.id, secret: clientSecret ?? '' }
}

const encoded = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

/** Every character in the form that a client may write it in: %2D for a dash. */
const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

describe('a client with its secret', () => {
  it('gets an access token with its rights of the moment, for a quarter of an hour', async () => {
    const { status, headers, body } = await ask()
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      scope: 'app:product:save app:product:view',
    })
    const token = String(body.access_token)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt', kid: fixture.signingKey.kid })
    const seconds = Math.floor(fixture.now().getTime() / 1_000)
    expect(decodeJwt(token)).toEqual({
      iss: TEST_ISSUER,
      aud: TEST_AUDIENCE,
      sub: client.id,
      client_id: client.id,
      jti: expect.any(String),
      iat: seconds,
      nbf: seconds,
      exp: seconds + 900,
      permissions: ['app:product:save', 'app:product:view'],
      rights_version: expect.any(Number),
    })
  })

  it('has that token accepted, as a service and not as a user', async () => {
    const { body } = await ask()
    const { errors } = await fixture.send('{ currentUser { id } }', {}, { token: String(body.access_token) })
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })

  it('gets less where it asks for less, and nothing where it asks for more', async () => {
    const { body } = await ask({ ...GRANT, scope: 'app:product:view' })
    expect(decodeJwt(String(body.access_token)).permissions).toEqual(['app:product:view'])
    for (const scope of [
      'app:product:delete',
      'app:product:view app:product:delete',
      'a"b',
      ' ',
      'app:product:view  x',
    ]) {
      const { status, headers, body } = await ask({ ...GRANT, scope })
      expect([status, body.error], scope).toEqual([400, 'invalid_scope'])
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  it('gets tokens for the audiences that it was given and for no others', async () => {
    const audiences = ['https://billing.example', TEST_AUDIENCE]
    const wide = basic(await newClient(fixture, administrator, { audiences }))
    const audienceOf = async (form: Readonly<Record<string, string>>) =>
      decodeJwt(String((await ask({ ...GRANT, ...form }, wide)).body.access_token)).aud
    expect(await audienceOf({})).toBe(audiences[0])
    expect(await audienceOf({ audience: TEST_AUDIENCE })).toBe(TEST_AUDIENCE)
    expect(await audienceOf({ resource: 'https://billing.example' })).toBe('https://billing.example')
    for (const form of [{ audience: 'https://evil.example' }, { audience: TEST_AUDIENCE, resource: 'x' }]) {
      expect((await ask({ ...GRANT, ...form }, wide)).body.error).toBe('invalid_target')
    }
    expect((await ask({ ...GRANT, audience: 'https://billing.example' })).body.error).toBe('invalid_target')
  })

  it('may write id and secret percent-encoded, as RFC 6749 has it', async () => {
    expect((await ask(GRANT, encoded(`${percent(client.id)}:${percent(client.secret)}`))).status).toBe(200)
    expect((await ask({ ...GRANT, client_id: client.id })).status).toBe(200)
  })

  it.each([
    ['a wrong secret', () => encoded(`${client.id}:nts_${'x'.repeat(43)}`)],
    ['an empty secret', () => encoded(`${client.id}:`)],
    ['no colon', () => encoded(client.id)],
    ['malformed percents', () => encoded(`${client.id}:%zz`)],
    ['percents that are no UTF-8', () => encoded(`%ff%fe:${client.secret}`)],
    ['a NUL behind the secret', () => encoded(`${client.id}:${client.secret}%00`)],
    ['text that is no base64', () => `Basic ${client.id}:${client.secret}`],
    ['another scheme', () => `Bearer ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`],
    ['a client that does not exist', () => encoded(`00000000-0000-7000-8000-00000000ffff:${client.secret}`)],
    ['an id that is none', () => encoded(`' or 1=1 --:${client.secret}`)],
    ['the id of a user', () => encoded(`${administrator.userId}:${client.secret}`)],
    ['nobody in it', () => encoded(':')],
  ])('is refused with %s', async (_what, header) => {
    const { status, headers, body } = await ask(GRANT, header())
    expect([status, body.error]).toEqual([401, 'invalid_client'])
    expect(headers['www-authenticate']).toMatch(/^Basic realm=/)
    expect(headers['cache-control']).toBe('no-store')
  })

  it('is refused with the secret of another client', async () => {
    const other = await newClient(fixture, administrator)
    expect((await ask(GRANT, basic({ id: client.id, secret: other.secret }))).body.error).toBe('invalid_client')
  })

  it('takes the same work known or unknown: one hash', async () => {
    const hash = vi.mocked(opaqueToken.hashOfToken)
    const counts = []
    for (const id of [client.id, '00000000-0000-7000-8000-00000000ffff', 'nobody']) {
      hash.mockClear()
      expect((await ask(GRANT, basic({ id, secret: 'wrong' }))).status).toBe(401)
      counts.push(hash.mock.calls.length)
    }
    expect(counts).toEqual([1, 1, 1])
  })

  it('may use the old secret until the overlap of a rotation ends', async () => {
    const old = await newClient(fixture, administrator)
    const next = await rotate({ id: old.id, overlapHours: 2 })
    expect((await ask(GRANT, basic(old))).status).toBe(200)
    expect((await ask(GRANT, basic(next))).status).toBe(200)
    await later(fixture, 2 * HOUR - 1_000, async () => expect((await ask(GRANT, basic(old))).status).toBe(200))
    await later(fixture, 2 * HOUR, async () => {
      expect((await ask(GRANT, basic(old))).body.error).toBe('invalid_client')
      expect((await ask(GRANT, basic(next))).status).toBe(200)
    })
  })

  it('is refused at once when it is disabled', async () => {
    const gone = await newClient(fixture, administrator)
    dataOf(await fixture.send(DISABLE, { id: gone.id }, administrator))
    const { status, body } = await ask(GRANT, basic(gone))
    expect([status, body]).toEqual([401, (await ask(GRANT, basic({ ...client, secret: 'wrong' }))).body])
  })

  it('has no secret where it has a key', async () => {
    const { exportJWK, generateKeyPair } = await import('jose')
    const publicKey = JSON.stringify(await exportJWK((await generateKeyPair('ES256')).publicKey))
    const { servicePrincipal } = await newPrincipal(fixture, administrator, { publicKey })
    for (const secret of ['', 'null', publicKey]) {
      expect((await ask(GRANT, basic({ id: servicePrincipal.id, secret }))).status).toBe(401)
    }
  })

  it('leaves a row in the audit trail, for success and failure', async () => {
    const before = (await auditedIn(fixture.database)).length
    await ask({ ...GRANT, scope: 'app:product:view' })
    await ask(GRANT, basic({ ...client, secret: 'wrong' }))
    const rows = (await auditedIn(fixture.database)).slice(before)
    expect(rows).toMatchObject([
      { actor: { kind: 'service', id: client.id, permissions: ['app:product:view'] }, action: 'security:token:issue' },
      { actor: { kind: 'anonymous' }, resource: { type: 'Service', id: client.id }, reason: 'CLIENT_INVALID' },
    ])
    expect(JSON.stringify(rows)).not.toContain(client.secret)
  })
})

describe('the token endpoint', () => {
  it.each([
    ['no grant type', {}, 'invalid_request'],
    ['one without a value', { grant_type: '' }, 'invalid_request'],
    ['an unknown grant type', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['one of Object.prototype', { grant_type: '__proto__' }, 'unsupported_grant_type'],
    ['a grant type twice', 'grant_type=client_credentials&grant_type=client_credentials', 'invalid_request'],
    ['a scope twice, once without a value', 'grant_type=client_credentials&scope=&scope=x', 'invalid_request'],
    ['malformed percents', 'grant_type=%zz', 'invalid_request'],
    ['another client in the form', { ...GRANT, client_id: 'somebody' }, 'invalid_request'],
    ['an assertion beside the header', { ...GRANT, client_assertion: 'a.b.c' }, 'invalid_request'],
  ] as const)('refuses %s', async (_what, form, error) => {
    const { status, headers, body } = await ask(form)
    expect([status, body.error]).toEqual([400, error])
    expect(headers['cache-control']).toBe('no-store')
    expect(body.error_description).toMatch(/^[ !#-[\]-~]+$/)
  })

  it('refuses a secret in the form, and one in the address', async () => {
    const form = { ...GRANT, client_id: client.id, client_secret: client.secret }
    expect((await post(fixture, '/oauth/token', form)).body.error).toBe('invalid_client')
    const query = new URLSearchParams(form).toString()
    expect((await post(fixture, `/oauth/token?${query}`, GRANT)).body.error).toBe('invalid_client')
    expect((await post(fixture, `/oauth/token?${query}`, '')).body.error).toBe('invalid_request')
  })

  it.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x'])('takes no %s', async (type) => {
    const { status, body } = await post(fixture, '/oauth/token', JSON.stringify(GRANT), {
      authorization: basic(client),
      'content-type': type,
    })
    expect([status, body.error]).toEqual([400, 'invalid_request'])
  })

  it('takes no body of 40 kB, and no GET', async () => {
    const { status, body } = await ask(`grant_type=client_credentials&x=${'x'.repeat(40_000)}`)
    expect([status, body.error]).toEqual([413, 'invalid_request'])
    const query = new URLSearchParams(GRANT).toString()
    const answer = await fixture.app.inject({ url: `/oauth/token?${query}`, headers: { authorization: basic(client) } })
    expect(answer.statusCode).toBe(404)
  })

  it('is described by metadata that is true', async () => {
    const url = '/.well-known/oauth-authorization-server'
    const metadata = (await fixture.app.inject(url)).json()
    expect((await fixture.app.inject('/.well-known/openid-configuration')).json()).toEqual(metadata)
    expect(metadata.issuer).toBe(TEST_ISSUER)
    for (const name of ['token_endpoint', 'revocation_endpoint', 'introspection_endpoint']) {
      const { pathname, origin } = new URL(metadata[name])
      expect(origin).toBe(TEST_ISSUER)
      expect((await post(fixture, pathname, GRANT)).status).toBe(401)
    }
    const { keys } = (await fixture.app.inject(new URL(metadata.jwks_uri).pathname)).json()
    expect(keys).toContainEqual(expect.objectContaining({ kid: fixture.signingKey.kid }))
    expect(metadata.grant_types_supported).toContain('client_credentials')
    expect(metadata).not.toHaveProperty('authorization_endpoint')
  })
})

describe('limits', () => {
  it('tell when to ask again, and only what the client itself did counts against it', async () => {
    await using limited = await startSecurity({ areLimitsOn: true })
    const own = await newClient(limited, await newAdministrator(limited))
    const send = (secret: string) =>
      post(limited, '/oauth/token', GRANT, { authorization: basic({ id: own.id, secret }) })
    // Whoever knows the id alone cannot use up what its owner may do.
    for (let time = 1; time <= 121; time += 1) expect((await send('wrong')).status).toBe(401)
    for (let time = 1; time <= 120; time += 1) expect((await send(own.secret)).status).toBe(200)
    const { status, headers, body } = await send(own.secret)
    expect([status, body.error]).toEqual([429, 'temporarily_unavailable'])
    expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  })
})
