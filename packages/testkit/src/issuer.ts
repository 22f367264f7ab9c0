import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ACCESS_TOKEN_TYPE, type Authenticate, createAuthenticate } from '@neotool/kit/auth'
import { withRequiredKid } from '@neotool/kit/key-set'
import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'

export const TEST_ISSUER = 'https://security.test'
export const TEST_AUDIENCE = 'neotool-test'

export type TestActor = { readonly userId: string; readonly token: string }

/** Signs access tokens as security would, with a key of its own, and verifies them as a service does. */
export const createTestIssuer = async () => {
  // Half the length of production's keys: a test signs many and protects nothing.
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 })
  const kid = randomUUID()
  const keySet = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] }
  const authenticate: Authenticate = createAuthenticate({
    keys: withRequiredKid(createLocalJWKSet(keySet)),
    issuer: TEST_ISSUER,
    audience: TEST_AUDIENCE,
    findRevocation: () => undefined,
  })
  const sign = (claims: JWTPayload = {}, lifeSeconds = 900): Promise<string> => {
    const now = Math.floor(Date.now() / 1_000)
    const all = {
      iss: TEST_ISSUER,
      aud: TEST_AUDIENCE,
      sub: randomUUID(),
      sid: randomUUID(),
      jti: randomUUID(),
      groups: [],
      permissions: [],
      rights_version: 0,
      email_verified: true,
      acr: 'single-factor',
      auth_time: now,
      iat: now,
      nbf: now,
      exp: now + lifeSeconds,
      ...claims,
    }
    return new SignJWT(all).setProtectedHeader({ alg: 'RS256', typ: ACCESS_TOKEN_TYPE, kid }).sign(privateKey)
  }
  /** A signed-in user who holds these permissions. */
  const actorWith = async (...permissions: readonly string[]): Promise<TestActor> => {
    const userId = randomUUID()
    return { userId, token: await sign({ sub: userId, permissions: [...permissions] }) }
  }
  /** A service principal that holds these permissions; its id is in the place of a user's. */
  const serviceWith = async (...permissions: readonly string[]): Promise<TestActor> => {
    const id = randomUUID()
    const none = { sid: undefined, groups: undefined, email_verified: undefined, acr: undefined, auth_time: undefined }
    return { userId: id, token: await sign({ ...none, sub: id, client_id: id, permissions: [...permissions] }) }
  }
  return { authenticate, sign, actorWith, serviceWith, keySet }
}

export type TestIssuer = Awaited<ReturnType<typeof createTestIssuer>>

/** Serves the keys of an issuer as security does, for a process that is to verify its tokens. */
export const serveKeySet = async ({ keySet }: TestIssuer): Promise<AsyncDisposable & { readonly url: string }> => {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(keySet))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`,
    [Symbol.asyncDispose]: async () => void server.close().closeAllConnections(),
  }
}
