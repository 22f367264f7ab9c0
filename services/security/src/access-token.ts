import { randomUUID } from 'node:crypto'
import { ACCESS_TOKEN_TYPE } from '@neotool/kit/auth'
import { SignJWT } from 'jose'
import type { Rights } from './groups.ts'
import type { KeyManager } from './key-manager.ts'
import { accessTokenExpiry, type Session } from './session.ts'

export type IssueAccessToken = (
  session: Session,
  rights: Rights,
  now: Date,
) => Promise<{ readonly accessToken: string; readonly accessTokenExpiresAt: Date }>

/** Signs access tokens, RFC 9068. They carry the rights of the moment, so that no other service has to ask for them. */
export const createAccessTokenIssuer =
  ({ keyManager, issuer, audience }: { keyManager: KeyManager; issuer: string; audience: string }): IssueAccessToken =>
  async (session, rights, now) => {
    const { groupIds, permissions, isEmailVerified, version } = rights
    const { kid, privateKey } = await keyManager.signingKey()
    const issuedAt = toSeconds(now)
    const expiresAt = toSeconds(accessTokenExpiry(session, rights, now))
    const claims = {
      sid: session.id,
      groups: [...groupIds],
      permissions: [...permissions],
      rights_version: version,
      email_verified: isEmailVerified,
      acr: session.authenticationLevel,
      auth_time: toSeconds(session.authenticatedAt),
    }
    const accessToken = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: ACCESS_TOKEN_TYPE, kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(session.userId)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(privateKey)
    return { accessToken, accessTokenExpiresAt: new Date(expiresAt * 1_000) }
  }

const toSeconds = (instant: Date): number => Math.floor(instant.getTime() / 1_000)
