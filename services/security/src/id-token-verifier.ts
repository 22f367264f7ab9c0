/**
 * Checks id tokens as OpenID Connect Core 1.0, section 3.1.3.7, says: the provider's keys, issuer, audience, authorised
 * party, times and nonce. The provider's keys are found by discovery and cached.
 */
import { createHash } from 'node:crypto'
import { unavailable } from '@neotool/kit/errors'
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { allowInsecureRequests, discovery } from 'openid-client'
import { z } from 'zod'
import { type FederatedPerson, type IdentityProvider, idTokenInvalid, unknownProvider } from './identity-provider.ts'

export type VerifiedIdToken = {
  readonly person: FederatedPerson
  /** By which a second use is known, and until when one could be tried. */
  readonly tokenHash: Buffer
  readonly expiresAt: Date
}

/** Throws ID_TOKEN_INVALID for a token that is not good, SERVICE_UNAVAILABLE where the provider cannot be asked for its keys. */
export type VerifyIdToken = (given: {
  readonly providerId: string
  readonly idToken: string
  readonly nonce: string
}) => Promise<VerifiedIdToken>

// What providers sign with; above all nothing symmetric, and not `none`.
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA']
const TOLERANCE_SECONDS = 5
const TIMEOUT_SECONDS = 3
// A token is brought here at once; one that was kept for longer was kept by somebody else.
const LONGEST_AGE_SECONDS = 600

const claims = z.object({
  sub: z.string().min(1).max(255),
  exp: z.number(),
  nonce: z.string(),
  azp: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]),
  email: z.string().optional(),
  // Some providers write it as text.
  email_verified: z.union([z.boolean(), z.stringbool()]).optional(),
  name: z.string().optional(),
})

/** A verifier over these providers; nobody is asked before the first token comes. */
export const createIdTokenVerifier = (providers: readonly IdentityProvider[], now: () => Date): VerifyIdToken => {
  const keysOf = cachedKeys()
  return async ({ providerId, idToken, nonce }) => {
    const provider = providers.find(({ id }) => id === providerId)
    if (provider === undefined) throw unknownProvider()
    const payload = await verify(idToken, await keysOf(provider), provider, now())
    const { data, error } = claims.safeParse(payload)
    if (data === undefined) throw idTokenInvalid(error)
    if (data.nonce !== nonce || !isForUs(data, provider)) throw idTokenInvalid()
    return {
      person: {
        issuer: provider.issuer,
        subject: data.sub,
        email: data.email,
        isEmailVerified: data.email_verified ?? false,
        name: data.name,
      },
      // Of what is signed: the signature itself can be written in more than one way.
      tokenHash: createHash('sha256')
        .update(idToken.slice(0, idToken.lastIndexOf('.')))
        .digest(),
      expiresAt: new Date((data.exp + TOLERANCE_SECONDS) * 1_000),
    }
  }
}

/** Whoever the token was made for must be one of us, and where it names who asked for it, that one too. */
const isForUs = ({ aud, azp }: z.output<typeof claims>, { clientIds }: IdentityProvider): boolean =>
  azp === undefined ? typeof aud === 'string' || aud.length === 1 : clientIds.includes(azp)

const verify = async (
  idToken: string,
  keys: JWTVerifyGetKey,
  { issuer, clientIds }: IdentityProvider,
  currentDate: Date,
): Promise<JWTPayload> => {
  try {
    const { payload, protectedHeader } = await jwtVerify(idToken, keys, {
      algorithms: ALGORITHMS,
      issuer,
      audience: [...clientIds],
      requiredClaims: ['sub', 'exp', 'iat', 'nonce'],
      maxTokenAge: LONGEST_AGE_SECONDS,
      clockTolerance: TOLERANCE_SECONDS,
      currentDate,
    })
    // An access token or a logout token of the same provider says nothing about who is here.
    if (!['jwt', undefined].includes(protectedHeader.typ?.toLowerCase())) throw idTokenInvalid()
    return payload
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error instanceof TypeError ? keysUnavailable(error) : error
    // jose's plain JOSEError says that the keys' address answered with something else than keys.
    const isAboutKeys = error.constructor === errors.JOSEError || error instanceof errors.JWKSInvalid
    throw isAboutKeys || error instanceof errors.JWKSTimeout ? keysUnavailable(error) : idTokenInvalid(error)
  }
}

const keysUnavailable = (cause: unknown) =>
  unavailable('PROVIDER_UNAVAILABLE', 'The provider does not answer. Try again in a moment.', cause)

/** The keys of each provider; discovery is tried again with the next token where it failed. */
const cachedKeys = (): ((provider: IdentityProvider) => Promise<JWTVerifyGetKey>) => {
  const found = new Map<string, Promise<JWTVerifyGetKey>>()
  return (provider) => {
    const known = found.get(provider.id)
    if (known !== undefined) return known
    const keys = discover(provider)
    found.set(provider.id, keys)
    keys.catch(() => found.delete(provider.id))
    return keys
  }
}

const discover = async ({ issuer, clientIds: [clientId = ''] }: IdentityProvider): Promise<JWTVerifyGetKey> => {
  const isPlain = issuer.startsWith('http:')
  try {
    const configuration = await discovery(new URL(issuer), clientId, undefined, undefined, {
      timeout: TIMEOUT_SECONDS,
      ...(isPlain && { execute: [allowInsecureRequests] }),
    })
    const { jwks_uri: address } = configuration.serverMetadata()
    if (address === undefined) throw new Error(`${issuer} names no keys.`)
    return createRemoteJWKSet(new URL(address), { timeoutDuration: TIMEOUT_SECONDS * 1_000 })
  } catch (error) {
    throw keysUnavailable(error)
  }
}
