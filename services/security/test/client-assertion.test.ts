import { createHmac, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { dataOf } from '@neotool/testkit/graphql-client'
import { TEST_ISSUER } from '@neotool/testkit/issuer'
import { base64url, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DISABLE, later, newAdministrator, newPrincipal, post, ROTATE } from './machines-fixture.ts'
import { type Person, type SecurityFixture, startSecurity } from './security-fixture.ts'

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const TOKEN_ENDPOINT = `${TEST_ISSUER}/oauth/token`
const MINUTE = 60_000

const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  foreign: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
} as const
const jwkOf = (key: KeyObject, kid?: string) =>
  JSON.stringify({ ...key.export({ format: 'jwk' }), ...(kid && { kid }) })

let fixture: SecurityFixture
let administrator: Person
let rsaId: string
let ecId: string
beforeAll(async () => {
  fixture = await startSecurity()
  administrator = await newAdministrator(fixture)
  rsaId = await newKeyHolder(jwkOf(pairs.rsa.publicKey, 'first'))
  ecId = await newKeyHolder(jwkOf(pairs.ec.publicKey))
})
afterAll(() => fixture[Symbol.asyncDispose]())

const newKeyHolder = async (publicKey: string): Promise<string> =>
  (await newPrincipal(fixture, administrator, { publicKey })).servicePrincipal.id

const claimsOf = (id: string, change: JWTPayload = {}): JWTPayload => {
  const now = Math.floor(fixture.now().getTime() / 1_000)
  return { iss: id, sub: id, aud: TOKEN_ENDPOINT, jti: randomUUID(), iat: now, exp: now + 60, ...change }
}
const sign = (
  payload: JWTPayload,
  key: KeyObject = pairs.ec.privateKey,
  header: { alg: string; kid?: string } = { alg: 'ES256' },
) => new SignJWT(payload).setProtectedHeader(header).sign(key)

const present = (assertion: string, form: Readonly<Record<string, string>> = {}, path = '/oauth/token') =>
  post(fixture, path, {
    grant_type: 'client_credentials',
    client_assertion_type: TYPE,
    client_assertion: assertion,
    ...form,
  })
const refusal = async (assertion: string, form = {}) => (await present(assertion, form)).body.error

const encode = (value: object) => base64url.encode(JSON.stringify(value))
const seconds = (ms = 0) => Math.floor((fixture.now().getTime() + ms) / 1_000)

describe('an assertion that the client signed', () => {
  it.each(['RS256', 'PS256'])('with %s proves who it is, for the endpoint and for the issuer', async (alg) => {
    const header = { alg, kid: 'first' }
    for (const aud of [TOKEN_ENDPOINT, TEST_ISSUER, [TEST_ISSUER]]) {
      const { status, body } = await present(await sign(claimsOf(rsaId, { aud }), pairs.rsa.privateKey, header))
      expect([status, body.token_type]).toEqual([200, 'Bearer'])
    }
  })

  it('with ES256 proves who it is, with the client_id or without', async () => {
    expect((await present(await sign(claimsOf(ecId)))).status).toBe(200)
    expect((await present(await sign(claimsOf(ecId)), { client_id: ecId })).status).toBe(200)
    expect(await refusal(await sign(claimsOf(ecId)), { client_id: rsaId })).toBe('invalid_client')
  })

  it('is good once, here and at the other endpoints, even where the request fails', async () => {
    const assertion = await sign(claimsOf(ecId))
    expect((await present(assertion, { scope: 'security:key:rotate' })).body.error).toBe('invalid_scope')
    expect(await refusal(assertion)).toBe('invalid_client')
    const second = await sign(claimsOf(ecId))
    expect((await present(second, { token: 'x' }, '/oauth/introspect')).body).toEqual({ active: false })
    expect(await refusal(second)).toBe('invalid_client')
  })

  it('is good once where many present it at once', async () => {
    const assertion = await sign(claimsOf(ecId))
    const statuses = await Promise.all(Array.from({ length: 8 }, async () => (await present(assertion)).status))
    expect(statuses.toSorted()).toEqual([200, ...Array(7).fill(401)])
  })

  it('with an id that another client used is good', async () => {
    const jti = 'the same'
    expect((await present(await sign(claimsOf(ecId, { jti })))).status).toBe(200)
    const other = await sign(claimsOf(rsaId, { jti }), pairs.rsa.privateKey, { alg: 'RS256' })
    expect((await present(other)).status).toBe(200)
  })

  it('is remembered for as long as it would be good, and forgotten then', async () => {
    const assertion = await sign(claimsOf(ecId, { exp: seconds(5 * MINUTE) }))
    expect((await present(assertion)).status).toBe(200)
    await later(fixture, 5 * MINUTE - 1_000, async () => expect(await refusal(assertion)).toBe('invalid_client'))
    const kept = async () =>
      (await fixture.database.selectFrom('used_assertions').selectAll().execute())
        .filter(({ service_principal_id }) => service_principal_id === ecId)
        .map(({ expires_at }) => expires_at.getTime())
    const until = seconds(5 * MINUTE + 5_000) * 1_000
    expect(await kept()).toContain(until)
    await later(fixture, 10 * MINUTE, async () => {
      expect((await present(await sign(claimsOf(ecId)))).status).toBe(200)
      expect(await kept()).not.toContain(until)
    })
  })

  it('is refused in the name of a disabled client', async () => {
    const id = await newKeyHolder(jwkOf(pairs.ec.publicKey))
    dataOf(await fixture.send(DISABLE, { id }, administrator))
    expect(await refusal(await sign(claimsOf(id)))).toBe('invalid_client')
  })

  it('may be signed with the old key or the new one during the overlap of a rotation', async () => {
    const id = await newKeyHolder(jwkOf(pairs.ec.publicKey))
    const input = { id, publicKey: jwkOf(pairs.rsa.publicKey), overlapHours: 1 }
    dataOf(await fixture.send(ROTATE, { input }, administrator))
    const fresh = () => sign(claimsOf(id), pairs.rsa.privateKey, { alg: 'RS256' })
    expect((await present(await sign(claimsOf(id)))).status).toBe(200)
    expect((await present(await fresh())).status).toBe(200)
    await later(fixture, 60 * MINUTE, async () => {
      expect(await refusal(await sign(claimsOf(id)))).toBe('invalid_client')
      expect((await present(await fresh())).status).toBe(200)
    })
  })
})

describe('an assertion is refused', () => {
  const pem = pairs.ec.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const hmac = (payload: JWTPayload, secret: string) => {
    const head = `${encode({ alg: 'HS256' })}.${encode(payload)}`
    return `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`
  }
  const own = pairs.foreign.publicKey.export({ format: 'jwk' })
  const attacks: [string, () => Promise<string> | string][] = [
    ['with alg none', () => `${encode({ alg: 'none' })}.${encode(claimsOf(ecId))}.`],
    ['with HS256 and the public key', () => hmac(claimsOf(ecId), pem)],
    ['with HS256 and the key as JSON', () => hmac(claimsOf(ecId), jwkOf(pairs.ec.publicKey))],
    ['of a foreign key', () => sign(claimsOf(ecId), pairs.foreign.privateKey)],
    [
      'that brings its own key',
      () => new SignJWT(claimsOf(ecId)).setProtectedHeader({ alg: 'ES256', jwk: own }).sign(pairs.foreign.privateKey),
    ],
    ['that names another kid', () => sign(claimsOf(ecId), pairs.ec.privateKey, { alg: 'ES256', kid: '../x' })],
    ['of RS512', () => sign(claimsOf(rsaId), pairs.rsa.privateKey, { alg: 'RS512' })],
    ['of one client in the name of another', () => sign(claimsOf(rsaId))],
    ['whose issuer is another', () => sign(claimsOf(ecId, { iss: rsaId }))],
    ['for another server', () => sign(claimsOf(ecId, { aud: 'https://elsewhere.example/oauth/token' }))],
    ['for us and others', () => sign(claimsOf(ecId, { aud: [TOKEN_ENDPOINT, 'https://evil.example'] }))],
    ['for nobody', () => sign(claimsOf(ecId, { aud: [] }))],
    [
      'without an id',
      () => {
        const { jti, ...rest } = claimsOf(ecId)
        return sign(rest)
      },
    ],
    ['with an empty id', () => sign(claimsOf(ecId, { jti: '' }))],
    [
      'without an end',
      () => {
        const { exp, ...rest } = claimsOf(ecId)
        return sign(rest)
      },
    ],
    ['that has expired', () => sign(claimsOf(ecId, { exp: seconds(-10_000) }))],
    ['that is good for an hour', () => sign(claimsOf(ecId, { exp: seconds(60 * MINUTE) }))],
    ['of tomorrow', () => sign(claimsOf(ecId, { nbf: seconds(MINUTE) }))],
    ['issued tomorrow', () => sign(claimsOf(ecId, { iat: seconds(MINUTE) }))],
    ['of a user', () => sign(claimsOf(administrator.userId))],
    ['of nobody', () => sign(claimsOf(randomUUID()))],
    ['that is an access token of ours', () => administrator.accessToken],
    ['that is none', () => 'x'],
    ['of 20 kB', () => 'x'.repeat(20_000)],
  ]
  it.each(attacks)('%s', async (_what, make) => {
    const { status, body } = await present(await make())
    expect([status, body.error]).toEqual([401, 'invalid_client'])
  })

  it('without its type, or with another', async () => {
    for (const type of ['', 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer']) {
      expect(await refusal(await sign(claimsOf(ecId)), { client_assertion_type: type })).toBe('invalid_request')
    }
  })
})
