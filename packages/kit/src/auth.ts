import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { AppError, forbidden, unauthenticated, unavailable } from './errors.ts'

/** Who acts: nobody we know, or a principal with the rights that the access token carries. */
export type Actor = Anonymous | Principal
export type Anonymous = { readonly kind: 'anonymous' }
export type Principal = UserActor | ServiceActor

/** A signed-in user, in person or by a service that acts for them. */
export type UserActor = {
  readonly kind: 'user'
  readonly id: string
  readonly sessionId: string
  readonly groupIds: readonly string[]
  readonly permissions: readonly string[]
  readonly isEmailVerified: boolean
  /** When the user last proved who they are, and with how many factors. */
  readonly authenticatedAt: Date
  readonly authenticationLevel: AuthenticationLevel
  /** The service that acts for the user, by token exchange (RFC 8693). */
  readonly actingServiceId?: string
}

/** A service principal, by its client credentials (RFC 6749): a machine with rights of its own. */
export type ServiceActor = {
  readonly kind: 'service'
  readonly id: string
  readonly permissions: readonly string[]
}

/** The `acr` of access tokens: with which proof the session was begun, or confirmed since. */
export const authenticationLevel = z.enum(['single-factor', 'multi-factor'])
export type AuthenticationLevel = z.output<typeof authenticationLevel>

export const ANONYMOUS: Anonymous = { kind: 'anonymous' }

/** RFC 9068's media type: an id token or any other JWT of the same issuer is no access token. */
export const ACCESS_TOKEN_TYPE = 'at+jwt'

const common = {
  sub: z.uuid(),
  jti: z.uuid(),
  permissions: z.array(z.string()),
  rights_version: z.int().nonnegative(),
} as const

const accessTokenClaims = z.union([
  z.object({
    ...common,
    sid: z.uuid(),
    groups: z.array(z.uuid()),
    email_verified: z.boolean(),
    acr: authenticationLevel,
    auth_time: z.int().positive(),
    act: z.object({ sub: z.uuid() }).optional(),
  }),
  // RFC 9068, section 2.2: where no user is involved, the subject is the client.
  z
    .object({ ...common, client_id: z.uuid(), sid: z.undefined().optional() })
    .refine(({ sub, client_id }) => sub === client_id),
])

type AccessTokenClaims = z.output<typeof accessTokenClaims>

/** The actor behind an Authorization header; throws UNAUTHENTICATED where it is there but not good. */
export type Authenticate = (authorization: string | undefined) => Promise<Actor>

export type TokenRules = {
  readonly keys: JWTVerifyGetKey
  readonly issuer: string
  readonly audience: string
  readonly findRevocation: FindRevocation
  /** The clock that tokens are held against; the machine's by default. */
  readonly now?: () => Date
}

/** What of an access token says whether it has been revoked. */
export type RevocableToken = {
  readonly tokenId: string
  readonly sessionId?: string | undefined
  readonly principalIds: readonly string[]
  readonly groupIds: readonly string[]
  readonly rightsVersion: number
}

/**
 * Whether a token is refused though it has not expired: because the `token` itself was revoked or its `session` was ended,
 * or because of `rights` that were lost since; then a fresh one is to be had.
 */
export type FindRevocation = (token: RevocableToken) => 'token' | 'session' | 'rights' | undefined

/**
 * Verifies access tokens: RS256 only, our type, issuer and audience, all times and ids present. Without a header the actor
 * is anonymous; a bad token is refused rather than ignored, so that a client notices.
 */
export const createAuthenticate =
  ({ keys, issuer, audience, findRevocation, now = () => new Date() }: TokenRules): Authenticate =>
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
        requiredClaims: ['sub', 'jti', 'iat', 'nbf', 'exp'],
        // Clocks of our machines may differ by this much.
        clockTolerance: 5,
        currentDate: now(),
      })
      const { data: claims, error } = accessTokenClaims.safeParse(payload)
      // Security signed it, so another release of it did: its session can have a token of this one.
      if (claims === undefined) throw tokenOutdated(error)
      switch (findRevocation(revocablePart(claims))) {
        case 'token':
          throw tokenInvalid()
        case 'session':
          throw sessionRevoked()
        case 'rights':
          throw tokenOutdated()
        case undefined:
          return toActor(claims)
      }
    } catch (error) {
      throw toAuthError(error)
    }
  }

const toActor = (claims: AccessTokenClaims): Principal => {
  const { sub: id, permissions } = claims
  if (claims.sid === undefined) return { kind: 'service', id, permissions }
  return {
    kind: 'user',
    id,
    sessionId: claims.sid,
    groupIds: claims.groups,
    permissions,
    isEmailVerified: claims.email_verified,
    authenticatedAt: new Date(claims.auth_time * 1_000),
    authenticationLevel: claims.acr,
    ...(claims.act && { actingServiceId: claims.act.sub }),
  }
}

const revocablePart = (claims: AccessTokenClaims): RevocableToken => {
  const { sub, jti: tokenId, sid: sessionId, rights_version: rightsVersion } = claims
  if (sessionId === undefined) return { tokenId, principalIds: [sub], groupIds: [], rightsVersion }
  const principalIds = claims.act === undefined ? [sub] : [sub, claims.act.sub]
  return { tokenId, sessionId, principalIds, groupIds: claims.groups, rightsVersion }
}

/** Whoever acts, if we know them; throws UNAUTHENTICATED for anonymous. */
export const requirePrincipal = (actor: Actor): Principal => {
  if (actor.kind === 'anonymous') throw unauthenticated('SIGN_IN_REQUIRED', 'Sign in first.')
  return actor
}

/** The signed-in user behind an actor; throws UNAUTHENTICATED for anonymous, FORBIDDEN for a service with its own rights. */
export const requireUser = (actor: Actor): UserActor => {
  const principal = requirePrincipal(actor)
  if (principal.kind !== 'user') throw forbidden('Only a person can do this, or a service that acts for one.')
  return principal
}

const FRESH_MS = 5 * 60_000

/**
 * The signed-in user, in person, who proved within five minutes who they are: asked for before credentials are changed or
 * rights granted. Throws UNAUTHENTICATED with the reason STEP_UP_REQUIRED where that was longer ago (RFC 9470); a
 * confirmation by `stepUp` then gives a token that is good for it.
 */
export const requireFreshUser = (actor: Actor, now: Date): UserActor => {
  const user = requireUser(actor)
  if (user.actingServiceId !== undefined) throw forbidden('A service cannot do this for a person.')
  if (now.getTime() - user.authenticatedAt.getTime() <= FRESH_MS) return user
  throw unauthenticated(
    'STEP_UP_REQUIRED',
    'Confirm first that it is you: your last sign-in was too long ago for this.',
  )
}

// The client's answer is the same as to an expired token, so it has the same reason.
const tokenOutdated = (cause?: unknown): AppError =>
  unauthenticated('TOKEN_EXPIRED', 'Things have changed since the access token was issued. Refresh it.', cause)

const sessionRevoked = (): AppError => unauthenticated('SESSION_ENDED', 'This session has been ended. Sign in again.')

const tokenInvalid = (cause?: unknown): AppError =>
  unauthenticated('TOKEN_INVALID', 'The access token is not valid. Sign in again.', cause)

const toAuthError = (error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (error instanceof errors.JWTExpired) {
    return unauthenticated('TOKEN_EXPIRED', 'The access token has expired. Refresh it.', error)
  }
  const isTimeout = error instanceof errors.JWKSTimeout
  if (error instanceof errors.JOSEError && !isTimeout && !isBadAnswer(error)) return tokenInvalid(error)
  return unavailable('KEYS_UNAVAILABLE', 'Access tokens cannot be checked now. Try again in a moment.', error)
}

/** jose's plain JOSEError says that the key set's address answered with something else than keys. */
const isBadAnswer = (error: unknown): boolean =>
  error instanceof errors.JWKSInvalid || (error instanceof errors.JOSEError && error.constructor === errors.JOSEError)
