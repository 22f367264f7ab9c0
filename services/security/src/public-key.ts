import { createHash, createPublicKey } from 'node:crypto'
import { z } from 'zod'

/** The public half of a service's key pair, RFC 7517, as it is stored. */
export type PublicKey = RsaKey | EcKey
type RsaKey = { readonly kty: 'RSA'; readonly n: string; readonly e: 'AQAB'; readonly kid: string }
type EcKey = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string; readonly kid: string }

const base64url = z.string().regex(/^[\w-]{1,1000}$/)
const kid = z.string().min(1).max(200).optional()
const jwk = z.discriminatedUnion('kty', [
  // Another exponent is either slow to check or easy to forge.
  z.object({ kty: z.literal('RSA'), n: base64url, e: z.literal('AQAB'), kid }),
  z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url, y: base64url, kid }),
])

const SHORTEST_RSA_BITS = 2048
const LONGEST_RSA_BITS = 4096

/** A JSON Web Key as JSON; without a `kid` of its own it is known by its thumbprint, RFC 7638. */
export const publicKey = z
  .string()
  .max(4_000, 'must have at most 4000 characters')
  .transform((text, context): PublicKey => {
    const refuse = (message: string): never => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    const given = parseJson(text)
    if (typeof given === 'object' && given !== null && 'd' in given) {
      return refuse('holds the private key, which is burnt now: make a new pair, and send its public half alone')
    }
    const parsed = jwk.safeParse(given)
    if (!parsed.success || !isUsable(parsed.data)) {
      return refuse('must be a public JSON Web Key: RSA of 2048 to 4096 bits with the exponent AQAB, or EC P-256')
    }
    return { ...parsed.data, kid: parsed.data.kid ?? thumbprintOf(parsed.data) }
  })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type GivenKey = z.output<typeof jwk>

const isUsable = ({ kid: _kid, ...key }: GivenKey): boolean => {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key, format: 'jwk' })
    const bits = asymmetricKeyDetails?.modulusLength
    return key.kty === 'EC' || (bits !== undefined && bits >= SHORTEST_RSA_BITS && bits <= LONGEST_RSA_BITS)
  } catch {
    return false
  }
}

const thumbprintOf = (key: GivenKey): string => {
  // The order of the members is RFC 7638's.
  const required =
    key.kty === 'RSA' ? { e: key.e, kty: key.kty, n: key.n } : { crv: key.crv, kty: key.kty, x: key.x, y: key.y }
  return createHash('sha256').update(JSON.stringify(required)).digest('base64url')
}
