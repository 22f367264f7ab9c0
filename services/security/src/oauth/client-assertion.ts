import { decodeJwt, importJWK, type JWTPayload, jwtVerify } from 'jose'
import type { PublicKey } from '../public-key.ts'

const ALGORITHMS = ['RS256', 'PS256', 'ES256']
// Longer than a request takes, and shorter than anybody would want a stolen one to be good.
const LONGEST_LIFE_SECONDS = 300
// Clocks of other machines may differ by this much.
const CLOCK_TOLERANCE_SECONDS = 5

export { ALGORITHMS as ASSERTION_ALGORITHMS }

/** What an assertion says of its sender, without any proof yet; undefined where it is no JWT. */
export const claimedClientId = (assertion: string): string | undefined => {
  try {
    return decodeJwt(assertion).sub
  } catch {
    return undefined
  }
}

export type VerifiedAssertion = { readonly id: string; readonly expiresAt: Date }

/**
 * The id of an assertion that one of the keys signed, RFC 7523, or undefined where it is not good: `iss` and `sub` are the
 * client, `aud` is one of ours and nobody else's, it expires within five minutes.
 */
export const verifyAssertion = async (
  assertion: string,
  {
    clientId,
    keys,
    audiences,
    now,
  }: { clientId: string; keys: readonly PublicKey[]; audiences: readonly string[]; now: Date },
): Promise<VerifiedAssertion | undefined> => {
  for (const key of keys) {
    const payload = await payloadOf(assertion, key, { clientId, audiences, now })
    if (payload !== undefined) return toVerified(payload, now)
  }
  return undefined
}

const payloadOf = async (
  assertion: string,
  key: PublicKey,
  { clientId, audiences, now }: { clientId: string; audiences: readonly string[]; now: Date },
): Promise<JWTPayload | undefined> => {
  const allowed = key.kty === 'EC' ? ['ES256'] : ALGORITHMS.filter((algorithm) => algorithm !== 'ES256')
  try {
    const verified = await jwtVerify(
      assertion,
      async ({ alg, kid }) => {
        if (kid !== undefined && kid !== key.kid) throw new Error('another key is meant')
        return importJWK(key, alg)
      },
      {
        algorithms: allowed,
        issuer: clientId,
        subject: clientId,
        audience: [...audiences],
        requiredClaims: ['iss', 'sub', 'aud', 'exp', 'jti'],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: now,
      },
    )
    return verified.payload
  } catch {
    return undefined
  }
}

const toVerified = ({ jti, exp, aud, iat }: JWTPayload, now: Date): VerifiedAssertion | undefined => {
  const seconds = now.getTime() / 1_000
  const isLate = iat !== undefined && iat > seconds + CLOCK_TOLERANCE_SECONDS
  // One that is for others too could be sent on to us by them.
  const isForOthers = Array.isArray(aud) && aud.length !== 1
  if (typeof jti !== 'string' || jti === '' || exp === undefined || isLate || isForOthers) return undefined
  if (exp > seconds + LONGEST_LIFE_SECONDS + CLOCK_TOLERANCE_SECONDS) return undefined
  return { id: jti, expiresAt: new Date((exp + CLOCK_TOLERANCE_SECONDS) * 1_000) }
}
