import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { CreateServicePrincipalInput } from '../generated/graphql.ts'
import { giveCredential } from '../service-credential.ts'
import {
  newServicePrincipal,
  requireHeld,
  type ServicePrincipal,
  servicePrincipalNotFound,
} from '../service-principal.ts'
import type { ServicePrincipalStore } from '../service-principal-store.ts'

type Deps = {
  database: Database<Tables>
  servicePrincipals: ServicePrincipalStore
  authorizer: Authorizer
  audit: Audit
  /** Whom the access tokens of users are for. */
  audience: string
  now: () => Date
}

/** Makes a service principal with rights that its maker holds too. This answer alone has its secret. */
export const createServicePrincipal =
  ({ database, servicePrincipals, authorizer, audit, audience, now }: Deps) =>
  async (
    { actor, trace }: Caller,
    input: CreateServicePrincipalInput,
  ): Promise<{ servicePrincipal: ServicePrincipal; clientSecret: string | null }> => {
    const decision = authorizer.authorize(actor, 'security:service:save', { type: 'Service' })
    const user = requireFreshUser(actor, now())
    const { publicKey, audiences, ...given } = parseInput(newServicePrincipal, input)
    requireHeld(user, given.permissions)
    return inTransaction(database, async (tx) => {
      const at = now()
      const made = { ...given, audiences: audiences ?? [audience], createdById: user.id, createdAt: at }
      const id = await servicePrincipals.insert(tx, made)
      await audit.recordDecision(tx, { ...decision, resource: { type: 'Service', id } }, trace)
      const clientSecret = await giveCredential(tx, servicePrincipals, id, { publicKey, at })
      const servicePrincipal = await servicePrincipals.lock(tx, id, at)
      if (servicePrincipal === undefined) throw servicePrincipalNotFound(id)
      return { servicePrincipal, clientSecret }
    })
  }
