import { randomUUID } from 'node:crypto'
import { userActor } from '@neotool/testkit/actors'
import {
  base64url,
  type CryptoKey,
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
} from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { ACCESS_TOKEN_TYPE, ANONYMOUS, type Authenticate, createAuthenticate, requireFreshUser } from './auth.ts'
import { withRequiredKid } from './key-set.ts'

const issuer = 'https://security.test'
const audience = 'neotool'
const kid = 'key-1'
const revokedSession = randomUUID()
const revokedToken = randomUUID()
const now = () => Math.floor(Date.now() / 1_000)
const claims = (change: JWTPayload = {}): JWTPayload => ({
  iss: issuer,
  aud: audience,
  sub: randomUUID(),
  sid: randomUUID(),
  jti: randomUUID(),
  groups: [],
  permissions: ['app:product:view'],
  rights_version: 7,
  email_verified: true,
  acr: 'single-factor',
  auth_time: now(),
  iat: now(),
  nbf: now(),
  exp: now() + 900,
  ...change,
})
const serviceClaims = (change: JWTPayload = {}): JWTPayload => {
  const sub = randomUUID()
  const { sid, groups, email_verified, acr, auth_time, ...common } = claims({ sub, client_id: sub })
  return { ...common, ...change }
}
const without = (name: string): JWTPayload => {
  const { [name]: _left, ...rest } = claims()
  return rest
}

let privateKey: CryptoKey
let publicKey: CryptoKey
let authenticate: Authenticate
beforeAll(async () => {
  ;({ privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true }))
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256' }] })
  authenticate = createAuthenticate({
    keys: withRequiredKid(keys),
    issuer,
    audience,
    findRevocation: ({ tokenId, sessionId, rightsVersion }) =>
      tokenId === revokedToken
        ? 'token'
        : sessionId === revokedSession
          ? 'session'
          : rightsVersion < 7
            ? 'rights'
            : undefined,
  })
})

const sign = (payload: JWTPayload, header: Record<string, unknown> = {}, key: CryptoKey | Uint8Array = privateKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: ACCESS_TOKEN_TYPE, kid, ...header }).sign(key)
const encode = (value: object) => base64url.encode(JSON.stringify(value))

describe('an access token', () => {
  it('makes its user the actor', async () => {
    const payload = claims({ groups: [randomUUID()] })
    expect(await authenticate(`Bearer ${await sign(payload)}`)).toEqual({
      kind: 'user',
      id: payload.sub,
      sessionId: payload.sid,
      groupIds: payload.groups,
      permissions: ['app:product:view'],
      isEmailVerified: true,
      authenticatedAt: new Date(Number(payload.auth_time) * 1_000),
      authenticationLevel: 'single-factor',
    })
  })

  it('of a service makes it the actor, with its own rights', async () => {
    const payload = serviceClaims()
    expect(await authenticate(`Bearer ${await sign(payload)}`)).toEqual({
      kind: 'service',
      id: payload.sub,
      permissions: ['app:product:view'],
    })
  })

  it('of a user for whom a service acts tells so', async () => {
    const act = { sub: randomUUID() }
    expect(await authenticate(`Bearer ${await sign(claims({ act }))}`)).toMatchObject({
      kind: 'user',
      actingServiceId: act.sub,
    })
  })

  it('that was issued before rights were lost is to be refreshed', async () => {
    const token = await sign(claims({ rights_version: 6 }))
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' })
  })

  it('of an ended session is refused though it has not expired', async () => {
    const token = await sign(claims({ sid: revokedSession }))
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject({
      kind: 'unauthenticated',
      reason: 'SESSION_ENDED',
    })
  })

  it('that was revoked itself is refused', async () => {
    for (const payload of [claims({ jti: revokedToken }), serviceClaims({ jti: revokedToken })]) {
      await expect(authenticate(`Bearer ${await sign(payload)}`)).rejects.toMatchObject({ reason: 'TOKEN_INVALID' })
    }
  })

  it('is not needed: without one the actor is anonymous', async () => {
    expect(await authenticate(undefined)).toEqual({ kind: 'anonymous' })
  })

  const stranger = generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
  const attacks: [string, () => Promise<string> | string][] = [
    ['alg none', () => `${encode({ alg: 'none', typ: ACCESS_TOKEN_TYPE, kid })}.${encode(claims())}.`],
    [
      'alg none with a signature',
      () => `${encode({ alg: 'none', typ: ACCESS_TOKEN_TYPE, kid })}.${encode(claims())}.AAAA`,
    ],
    [
      'HS256 with the public key as the secret',
      async () => sign(claims(), { alg: 'HS256' }, new TextEncoder().encode(await exportSPKI(publicKey))),
    ],
    ['the key of a stranger', async () => sign(claims(), {}, (await stranger).privateKey)],
    [
      'a key that the token brings along',
      async () => {
        const pair = await stranger
        return sign(claims(), { jwk: await exportJWK(pair.publicKey) }, pair.privateKey)
      },
    ],
    [
      'a jku of a stranger',
      async () => sign(claims(), { jku: 'http://127.0.0.1:1/jwks' }, (await stranger).privateKey),
    ],
    ['no kid', () => sign(claims(), { kid: undefined })],
    ['an unknown kid', () => sign(claims(), { kid: 'key-2' })],
    ['a kid that is a path', () => sign(claims(), { kid: '../../dev/null' })],
    ['another issuer', () => sign(claims({ iss: 'https://evil.test' }))],
    ['another audience', () => sign(claims({ aud: 'elsewhere' }))],
    ['an id token', () => sign(claims(), { typ: 'JWT' })],
    ['no type', () => sign(claims(), { typ: undefined })],
    ['a time that has not come', () => sign(claims({ nbf: now() + 60 }))],
    ...['iss', 'aud', 'sub', 'jti', 'iat', 'nbf', 'exp'].map((name): [string, () => Promise<string>] => [
      `no ${name}`,
      () => sign(without(name)),
    ]),
    [
      'a changed payload',
      async () => {
        const [header, , signature] = (await sign(claims())).split('.')
        return `${header}.${encode(claims({ permissions: ['everything'] }))}.${signature}`
      },
    ],
    ['an empty text', () => ''],
    ['three dots', () => '...'],
    ['a line break', () => 'a.b.c\r\nx: y'],
    ['a megabyte', () => `${'a'.repeat(1_000_000)}.b.c`],
  ]
  it.each(attacks)('is refused with %s', async (_what, make) => {
    const error = await authenticate(`Bearer ${await make()}`).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'unauthenticated', reason: 'TOKEN_INVALID' })
  })

  // What security itself signed and we do not know is of another release.
  it.each([
    ...['sid', 'groups', 'permissions', 'rights_version', 'acr', 'auth_time', 'email_verified'].map(
      (name): [string, () => JWTPayload] => [`no ${name}`, () => without(name)],
    ),
    ['the claims of a service with another subject', () => serviceClaims({ sub: randomUUID() })],
    ['the claims of a service for the session of somebody', () => serviceClaims({ sid: randomUUID() })],
    ['an acr that there is not', () => claims({ acr: 'no-factor' })],
    ['a subject that is no id', () => claims({ sub: "' or 1=1" })],
    ['permissions that are no list', () => claims({ permissions: 'app:product:view' })],
  ] as [string, () => JWTPayload][])('of another release is to be refreshed: with %s', async (_what, make) => {
    await expect(authenticate(`Bearer ${await sign(make())}`)).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' })
  })

  it('that has expired is told so, because a client then refreshes', async () => {
    const token = await sign(claims({ iat: now() - 1_000, nbf: now() - 1_000, exp: now() - 10 }))
    await expect(authenticate(`Bearer ${token}`)).rejects.toMatchObject({
      kind: 'unauthenticated',
      reason: 'TOKEN_EXPIRED',
    })
  })

  it.each(['Basic YTpi', 'bearer', 'Bearer a b'])('is refused under the scheme %s', async (header) => {
    await expect(authenticate(header)).rejects.toMatchObject({ reason: 'TOKEN_INVALID' })
  })
})

describe('a fresh user', () => {
  const now = new Date('2026-01-31T12:00:00Z')
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

  it('is one who proved within five minutes who they are', () => {
    const user = userActor({ authenticatedAt: minutesAgo(5) })
    expect(requireFreshUser(user, now)).toBe(user)
    expect(() => requireFreshUser(userActor({ authenticatedAt: minutesAgo(5.1) }), now)).toThrow(
      expect.objectContaining({ kind: 'unauthenticated', reason: 'STEP_UP_REQUIRED' }),
    )
  })

  it('is nobody else: no stranger, no service, nor one that acts for a user', () => {
    const service = { kind: 'service', id: randomUUID(), permissions: [] } as const
    const delegated = userActor({ authenticatedAt: now, actingServiceId: randomUUID() })
    expect(() => requireFreshUser(ANONYMOUS, now)).toThrow(expect.objectContaining({ kind: 'unauthenticated' }))
    expect(() => requireFreshUser(service, now)).toThrow(expect.objectContaining({ kind: 'forbidden' }))
    expect(() => requireFreshUser(delegated, now)).toThrow(expect.objectContaining({ kind: 'forbidden' }))
  })
})
