import { timingSafeEqual } from 'node:crypto'
import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS } from '@neotool/kit/auth'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { Limits } from '../limits.ts'
import { claimedClientId, verifyAssertion } from '../oauth/client-assertion.ts'
import { type ClientProof, readClientProof } from '../oauth/client-proof.ts'
import { endpointsOf } from '../oauth/endpoints.ts'
import { invalidClient } from '../oauth/oauth-error.ts'
import type { OAuthRequest } from '../oauth/request.ts'
import { hashOfToken } from '../opaque-token.ts'
import { type ServicePrincipalId, servicePrincipalId } from '../service-principal.ts'
import type { ServicePrincipalStore, SigningInPrincipal } from '../service-principal-store.ts'

type Deps = {
  database: Database<Tables>
  servicePrincipals: ServicePrincipalStore
  limits: Limits
  audit: Audit
  /** The `iss` of our tokens, and our address. */
  issuer: string
  now: () => Date
}

export type AuthenticatedClient = Pick<SigningInPrincipal, 'principal' | 'rightsVersion'>
export type AuthenticateClient = ReturnType<typeof authenticateClient>

// For a client that does not exist: no row has this id, and no secret this hash.
const NOBODY = servicePrincipalId.parse('00000000-0000-0000-0000-000000000000')
const NO_HASHES: readonly Buffer[] = [Buffer.alloc(32)]

/**
 * The service principal that sends a request; throws `invalid_client` alike for one that is unknown, disabled, or proves
 * itself wrongly, after the same work.
 */
export const authenticateClient = ({ database, servicePrincipals, limits, audit, issuer, now }: Deps) => {
  const audiences = [issuer, endpointsOf(issuer).token]

  const isProven = async (proof: ClientProof, found: SigningInPrincipal | undefined, at: Date): Promise<boolean> => {
    if (proof.kind === 'secret') return isSecretRight(proof.secret, found?.secretHashes ?? [])
    if (found === undefined || found.principal.disabledAt !== undefined) return false
    const { id, credentials } = found.principal
    const keys = credentials.flatMap(({ publicKey }) => (publicKey === undefined ? [] : [publicKey]))
    const verified = await verifyAssertion(proof.assertion, { clientId: id, keys, audiences, now: at })
    if (verified === undefined) return false
    const used = { hash: hashOfToken(verified.id), expiresAt: verified.expiresAt }
    // In a transaction of its own: an assertion is used up whatever becomes of the request.
    return inTransaction(database, (tx) => servicePrincipals.useAssertion(tx, id, used, at))
  }

  return async ({ authorization, form, client, trace }: OAuthRequest): Promise<AuthenticatedClient> => {
    await limits.take('token', { address: client.address })
    const proof = readClientProof(authorization, form)
    const id = idIn(proof)
    const at = now()
    const found = await servicePrincipals.findForSignIn(database, id ?? NOBODY, at)
    const isGood = await isProven(proof, found, at)
    if (found === undefined || found.principal.disabledAt !== undefined || !isGood) {
      const resource = { type: 'Service', ...(found && { id: found.principal.id }) }
      await inTransaction(database, (tx) =>
        audit.record(
          tx,
          {
            actor: ANONYMOUS,
            action: 'security:service:authenticate',
            resource,
            outcome: 'failed',
            reason: 'CLIENT_INVALID',
          },
          trace,
        ),
      )
      throw invalidClient()
    }
    // Only now: whoever knows the id of a client must not be able to use up what it may ask for.
    await limits.take('token', { account: found.principal.id })
    return found
  }
}

const idIn = (proof: ClientProof): ServicePrincipalId | undefined => {
  if (proof.kind === 'secret') return parseId(proof.clientId)
  const claimed = claimedClientId(proof.assertion)
  return proof.clientId === undefined || proof.clientId === claimed ? parseId(claimed) : undefined
}

const parseId = (text: string | undefined): ServicePrincipalId | undefined => servicePrincipalId.safeParse(text).data

/** One hash and at least one comparison, whether or not anybody has a secret. */
const isSecretRight = (secret: string, hashes: readonly Buffer[]): boolean => {
  const given = hashOfToken(secret)
  const compared = hashes.length === 0 ? NO_HASHES : hashes
  return compared.map((known) => timingSafeEqual(known, given)).includes(true)
}
