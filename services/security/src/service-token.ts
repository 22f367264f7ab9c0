import { randomUUID } from 'node:crypto'
import { ACCESS_TOKEN_TYPE, type UserActor } from '@neotool/kit/auth'
import { SignJWT } from 'jose'
import type { KeyManager } from './key-manager.ts'
import type { ServicePrincipalId } from './service-principal.ts'

const LIFE_SECONDS = 15 * 60

/** What a token of a service is made of. */
export type ServiceTokenGrant = {
  readonly clientId: ServicePrincipalId
  readonly audience: string
  readonly permissions: readonly string[]
  readonly rightsVersion: number
  /** The user for whom the service acts. */
  readonly user?: Pick<
    UserActor,
    'id' | 'sessionId' | 'groupIds' | 'isEmailVerified' | 'authenticatedAt' | 'authenticationLevel'
  >
  /** No token lives longer than this, nor than a quarter of an hour. */
  readonly expiresBefore?: Date
  readonly issuedAt: Date
}

export type ServiceToken = { readonly accessToken: string; readonly expiresInSeconds: number }
export type SignServiceToken = (grant: ServiceTokenGrant) => Promise<ServiceToken>

/** Signs access tokens of services, RFC 9068: of their own, or for a user, with the service as the `act` of RFC 8693. */
export const createServiceTokenSigner =
  ({ keyManager, issuer }: { keyManager: KeyManager; issuer: string }): SignServiceToken =>
  async ({ clientId, audience, permissions, rightsVersion, user, expiresBefore, issuedAt: now }) => {
    const { kid, privateKey } = await keyManager.signingKey()
    const issuedAt = toSeconds(now)
    const expiresAt = Math.min(issuedAt + LIFE_SECONDS, expiresBefore ? toSeconds(expiresBefore) : Infinity)
    const claims = {
      client_id: clientId,
      permissions: [...permissions],
      rights_version: rightsVersion,
      ...(user && {
        sid: user.sessionId,
        groups: [...user.groupIds],
        email_verified: user.isEmailVerified,
        acr: user.authenticationLevel,
        auth_time: toSeconds(user.authenticatedAt),
        act: { sub: clientId },
      }),
    }
    const accessToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: ACCESS_TOKEN_TYPE, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(user?.id ?? clientId)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(privateKey)
    return { accessToken, expiresInSeconds: expiresAt - issuedAt }
  }

const toSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1_000)
