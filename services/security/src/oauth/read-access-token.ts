import type { Authenticate, Principal } from '@neotool/kit/auth'
import { AppError } from '@neotool/kit/errors'
import { decodeJwt } from 'jose'

/** A verified access token of ours, whomever it is for. */
export type KnownAccessToken = {
  readonly principal: Principal
  readonly tokenId: string
  readonly audience: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** The service principal that it was issued to; none for one of a user's own sign-in. */
  readonly clientId: string | undefined
}

export type ReadAccessToken = (token: string) => Promise<KnownAccessToken | undefined>

/**
 * Reads an access token that is good for its audience; undefined where it is not good for anybody. The audience is the
 * token's own, because a service principal may hold tokens for others than the services of this platform.
 */
export const createAccessTokenReader =
  (authenticateFor: (audience: string) => Authenticate): ReadAccessToken =>
  async (token) => {
    const claims = claimsOf(token)
    if (claims === undefined || typeof claims.aud !== 'string') return undefined
    try {
      const principal = await authenticateFor(claims.aud)(`Bearer ${token}`)
      if (principal.kind === 'anonymous') return undefined
      const { jti = '', aud, iat = 0, exp = 0, client_id: clientId } = claims
      return {
        principal,
        tokenId: jti,
        audience: aud,
        issuedAt: iat,
        expiresAt: exp,
        clientId: typeof clientId === 'string' ? clientId : undefined,
      }
    } catch (error) {
      if (error instanceof AppError && error.kind === 'unauthenticated') return undefined
      throw error
    }
  }

const claimsOf = (token: string) => {
  try {
    return decodeJwt(token)
  } catch {
    return undefined
  }
}
