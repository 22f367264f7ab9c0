import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { RotateServiceSecretInput } from '../generated/graphql.ts'
import { giveCredential } from '../service-credential.ts'
import {
  overlapEnd,
  requireHeld,
  type ServicePrincipal,
  secretRotation,
  servicePrincipalDisabled,
  servicePrincipalNotFound,
} from '../service-principal.ts'
import type { ServicePrincipalStore } from '../service-principal-store.ts'

type Deps = {
  database: Database<Tables>
  servicePrincipals: ServicePrincipalStore
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

/**
 * Gives a principal a new secret or key; what it had stays good for the overlap. Whoever knows the secret has the
 * principal's rights, so they must hold them all.
 */
export const rotateServiceSecret =
  ({ database, servicePrincipals, authorizer, audit, now }: Deps) =>
  async (
    { actor, trace }: Caller,
    input: RotateServiceSecretInput,
  ): Promise<{ servicePrincipal: ServicePrincipal; clientSecret: string | null }> => {
    const decision = authorizer.authorize(actor, 'security:service:save', { type: 'Service' })
    const user = requireFreshUser(actor, now())
    const { id, publicKey, overlapHours } = parseInput(secretRotation, input)
    return inTransaction(database, async (tx) => {
      const at = now()
      const known = await servicePrincipals.lock(tx, id, at)
      if (known === undefined) throw servicePrincipalNotFound(id)
      if (known.disabledAt !== undefined) throw servicePrincipalDisabled()
      requireHeld(user, known.permissions)
      await audit.recordDecision(tx, { ...decision, resource: { type: 'Service', id } }, trace)
      await servicePrincipals.expireCredentials(tx, id, overlapEnd(overlapHours, at), at)
      const clientSecret = await giveCredential(tx, servicePrincipals, id, { publicKey, at })
      return { servicePrincipal: (await servicePrincipals.lock(tx, id, at)) ?? known, clientSecret }
    })
  }
