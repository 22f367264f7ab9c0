import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { AppError, unauthenticated, unavailable } from './errors.ts'

/** Who acts: nobody we know, or a signed-in user with the rights that the access token carries. */
export type Actor = Anonymous | UserActor
export type Anonymous = { readonly kind: 'anonymous' }
export type UserActor = {
  readonly kind: 'user'
  readonly userId: string
  readonly sessionId: string
  readonly groupIds: readonly string[]
  readonly permissions: readonly string[]
}

export const ANONYMOUS: Anonymous = { kind: 'anonymous' }

/** RFC 9068's media type: an id token or any other JWT of the same issuer is no access token. */
export const ACCESS_TOKEN_TYPE = 'at+jwt'

const accessTokenClaims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  jti: z.uuid(),
  groups: z.array(z.uuid()),
  permissions: z.array(z.string()),
})

/** The actor behind an Authorization header; throws UNAUTHENTICATED where it is there but not good. */
export type Authenticate = (authorization: string | undefined) => Promise<Actor>

export type TokenRules = {
  readonly keys: JWTVerifyGetKey
  readonly issuer: string
  readonly audience: string
  /** Whether a session was ended although its access tokens have not expired. */
  readonly isRevoked: (sessionId: string) => boolean
}

/**
 * Verifies access tokens: RS256 only, our type, issuer and audience, all times and ids present. Without a header the actor
 * is anonymous; a bad token is refused rather than ignored, so that a client notices.
 */
export const createAuthenticate =
  ({ keys, issuer, audience, isRevoked }: TokenRules): Authenticate =>
  async (authorization) => {
    if (authorization === undefined) return ANONYMOUS
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1]
    if (token === undefined) throw tokenInvalid()
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        typ: ACCESS_TOKEN_TYPE,
        issuer,
        audience,
        requiredClaims: ['sub', 'sid', 'jti', 'iat', 'nbf', 'exp'],
        // Clocks of our machines may differ by this much.
        clockTolerance: 5,
      })
      const claims = accessTokenClaims.parse(payload)
      if (isRevoked(claims.sid)) throw sessionRevoked()
      return {
        kind: 'user',
        userId: claims.sub,
        sessionId: claims.sid,
        groupIds: claims.groups,
        permissions: claims.permissions,
      }
    } catch (error) {
      throw toAuthError(error)
    }
  }

/**
 * Keys from security's JWKS, cached for ten minutes. An unknown `kid` makes it look again at once, but not more than once
 * a second, so that forged tokens cannot make us flood security; a kid that is still unknown then fails the token alone.
 */
export const remoteKeys = (jwksUrl: string): JWTVerifyGetKey =>
  withRequiredKid(
    createRemoteJWKSet(new URL(jwksUrl), { cooldownDuration: 1_000, cacheMaxAge: 600_000, timeoutDuration: 3_000 }),
  )

/** jose takes the only key of a set when a token names none; we want every token to name its key. */
export const withRequiredKid =
  (keys: JWTVerifyGetKey): JWTVerifyGetKey =>
  (header, token) => {
    if (typeof header?.kid !== 'string') throw new errors.JWKSNoMatchingKey()
    return keys(header, token)
  }

/** The signed-in user behind an actor; throws UNAUTHENTICATED for anonymous. */
export const requireUser = (actor: Actor): UserActor => {
  if (actor.kind === 'anonymous') throw unauthenticated('SIGN_IN_REQUIRED', 'Sign in first.')
  return actor
}

const sessionRevoked = (): AppError => unauthenticated('SESSION_ENDED', 'This session has been ended. Sign in again.')

const tokenInvalid = (cause?: unknown): AppError =>
  unauthenticated('TOKEN_INVALID', 'The access token is not valid. Sign in again.', cause)

const toAuthError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (error instanceof errors.JWTExpired) {
    return unauthenticated('TOKEN_EXPIRED', 'The access token has expired. Refresh it.', error)
  }
  const isTimeout = error instanceof errors.JWKSTimeout
  const isAboutTheToken = error instanceof errors.JOSEError || error instanceof z.ZodError
  if (isAboutTheToken && !isTimeout && !isBadAnswer(error)) return tokenInvalid(error)
  return unavailable('KEYS_UNAVAILABLE', 'Access tokens cannot be checked now. Try again in a moment.', error)
}

/** jose's plain JOSEError says that the key set's address answered with something else than keys. */
const isBadAnswer = (error: unknown): boolean =>
  error instanceof errors.JWKSInvalid || (error instanceof errors.JOSEError && error.constructor === errors.JOSEError)
