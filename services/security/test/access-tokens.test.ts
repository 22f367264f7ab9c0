import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { ACCESS_TOKEN_TYPE } from '@neotool/kit/auth'
import { dataOf } from '@neotool/testkit/graphql-client'
import { TEST_AUDIENCE, TEST_ISSUER } from '@neotool/testkit/issuer'
import { createRemoteJWKSet, exportJWK, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Person, REFRESH, type SecurityFixture, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
let person: Person
beforeAll(async () => {
  fixture = await startSecurity()
  person = await fixture.newPerson()
})
afterAll(() => fixture[Symbol.asyncDispose]())

type Json = Readonly<Record<string, unknown>>

const encode = (value: Json | Buffer): string =>
  Buffer.isBuffer(value) ? value.toString('base64url') : Buffer.from(JSON.stringify(value)).toString('base64url')

const header = (): Json => ({ alg: 'RS256', typ: ACCESS_TOKEN_TYPE, kid: fixture.signingKey.kid })
const claims = (): Json => {
  const now = Math.floor(fixture.now().getTime() / 1_000)
  const ids = { sub: person.userId, sid: randomUUID(), jti: randomUUID() }
  return {
    iss: TEST_ISSUER,
    aud: TEST_AUDIENCE,
    ...ids,
    groups: [],
    permissions: [],
    rights_version: 1,
    email_verified: false,
    acr: 'single-factor',
    auth_time: now,
    iat: now,
    nbf: now,
    exp: now + 900,
  }
}

/** A token made by hand: what an attacker can write, a library would refuse to. */
const forge = (change: { header?: Json; claims?: Json; key?: KeyObject; signature?: (content: string) => Buffer }) => {
  const content = `${encode({ ...header(), ...change.header })}.${encode({ ...claims(), ...change.claims })}`
  const signature =
    change.signature?.(content) ?? sign('sha256', Buffer.from(content), change.key ?? fixture.signingKey.privateKey)
  return `${content}.${encode(signature)}`
}

const hmacWith =
  (secret: string) =>
  (content: string): Buffer =>
    createHmac('sha256', secret).update(content).digest()

const reasonOf = async (token: string): Promise<string | undefined> => {
  const { data, errors } = await fixture.send('{ currentUser { id } }', {}, { token })
  expect(data).toBeNull()
  expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  return errors[0]?.extensions.reason
}

const publicKey = () => createPublicKey(fixture.signingKey.privateKey.export({ type: 'pkcs8', format: 'pem' }))
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 })
const seconds = (offset: number): number => Math.floor(fixture.now().getTime() / 1_000) + offset

describe('an access token', () => {
  it('is accepted as it was issued, and as we forge it when nothing is wrong with it', async () => {
    for (const token of [person.token, forge({})]) {
      expect(dataOf(await fixture.send('{ currentUser { id } }', {}, { token }))).toEqual({
        currentUser: { id: person.userId },
      })
    }
  })

  it.each([
    ['alg none and no signature', () => forge({ header: { alg: 'none' }, signature: () => Buffer.alloc(0) })],
    ['alg None and a good signature', () => forge({ header: { alg: 'None' } })],
    ['an algorithm that is not ours', () => forge({ header: { alg: 'RS512' } })],
    ['no signature', () => forge({ signature: () => Buffer.alloc(0) })],
    ['the signature of somebody else', () => forge({ key: foreign.privateKey })],
    ['an unknown kid', () => forge({ header: { kid: randomUUID() } })],
    ['no kid', () => forge({ header: { kid: undefined } })],
    ['a number as kid', () => forge({ header: { kid: 1 } })],
    ['a path as kid', () => forge({ header: { kid: '../../../../dev/null' }, signature: hmacWith('') })],
    ['SQL as kid', () => forge({ header: { kid: "x' union select 'key" } })],
    ['another issuer', () => forge({ claims: { iss: 'https://evil.example' } })],
    ['another audience', () => forge({ claims: { aud: 'elsewhere' } })],
    ['no audience', () => forge({ claims: { aud: undefined } })],
    ['a time to come', () => forge({ claims: { nbf: seconds(60) } })],
    ['no end', () => forge({ claims: { exp: undefined } })],
    ['no id', () => forge({ claims: { jti: undefined } })],
    ["an id token's type", () => forge({ header: { typ: 'JWT' } })],
    ['no type', () => forge({ header: { typ: undefined } })],
    ['a header that must be understood', () => forge({ header: { crit: ['b64'], b64: false } })],
  ])('with %s is refused', async (_what, token) => {
    expect(await reasonOf(token())).toBe('TOKEN_INVALID')
  })

  it.each([
    ['no session', { sid: undefined }],
    ['a subject that is no user', { sub: 'admin' }],
    ['permissions as text', { permissions: 'app:product:delete' }],
  ])('with %s, though rightly signed, is of another release and to be refreshed', async (_what, change) => {
    expect(await reasonOf(forge({ claims: change }))).toBe('TOKEN_EXPIRED')
  })

  it('that has expired is refused in words of its own, so that a client refreshes', async () => {
    expect(await reasonOf(forge({ claims: { exp: seconds(-10) } }))).toBe('TOKEN_EXPIRED')
  })

  it('signed with the public key as if it were a shared secret is refused', async () => {
    const { body } = await fixture.app.inject('/.well-known/jwks.json')
    const pem = publicKey().export({ type: 'spki', format: 'pem' }).toString()
    for (const secret of [pem, pem.trim(), body, JSON.parse(body).keys[0].n]) {
      expect(await reasonOf(forge({ header: { alg: 'HS256' }, signature: hmacWith(secret) }))).toBe('TOKEN_INVALID')
    }
  })

  it.each(['jwk', 'jku', 'x5u'])('that brings its own key in %s is refused', async (field) => {
    const own = { ...(await exportJWK(foreign.publicKey)), kid: 'mine' }
    const value = field === 'jwk' ? own : 'https://evil.example/keys'
    const { privateKey: key } = foreign
    expect(await reasonOf(forge({ header: { [field]: value, kid: 'mine' }, key }))).toBe('TOKEN_INVALID')
    expect(await reasonOf(forge({ header: { [field]: value }, key }))).toBe('TOKEN_INVALID')
  })

  it('is not a refresh token, nor the other way round', async () => {
    expect(await reasonOf(person.refreshToken)).toBe('TOKEN_INVALID')
    const { errors } = await fixture.send(REFRESH, { token: person.accessToken })
    expect(errors[0]?.extensions.reason).toBe('SESSION_ENDED')
  })

  it('whose rights were changed after it was signed is refused', async () => {
    const [head, , signature] = person.accessToken.split('.')
    const changed = encode({ ...claims(), permissions: ['security:user:view-private'] })
    expect(await reasonOf(`${head}.${changed}.${signature}`)).toBe('TOKEN_INVALID')
  })

  it.each(['', 'x', '..', 'a.b', 'a.b.c.d', 'a.b.c, d.e.f'])('must look like one: not %j', async (token) => {
    expect(await reasonOf(token)).toBe('TOKEN_INVALID')
  })
})

describe('/.well-known/jwks.json', () => {
  it('shows the public halves of the key that signs and of the next, for a few seconds', async () => {
    const { statusCode, headers, body } = await fixture.app.inject('/.well-known/jwks.json')
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toContain('application/jwk-set+json')
    expect(headers['cache-control']).toBe('public, max-age=5')
    const { n, e } = await exportJWK(publicKey())
    const kid = fixture.signingKey.kid
    const next = { kty: 'RSA', n: expect.any(String), e, kid: expect.any(String), alg: 'RS256', use: 'sig' }
    expect(JSON.parse(body)).toEqual({ keys: [{ kty: 'RSA', n, e, kid, alg: 'RS256', use: 'sig' }, next] })
  })

  it('is what other services verify by', async () => {
    const address = await fixture.app.listen({ host: '127.0.0.1', port: 0 })
    const keys = createRemoteJWKSet(new URL(`${address}/.well-known/jwks.json`))
    const { payload } = await jwtVerify(person.accessToken, keys, { issuer: TEST_ISSUER, audience: TEST_AUDIENCE })
    expect(payload.sub).toBe(person.userId)
  })
})
