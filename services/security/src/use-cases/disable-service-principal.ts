import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { DisableServicePrincipalInput } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import { revokeRights } from '../revoke-rights.ts'
import { type ServicePrincipal, servicePrincipalId, servicePrincipalNotFound } from '../service-principal.ts'
import type { ServicePrincipalStore } from '../service-principal-store.ts'

type Deps = {
  database: Database<Tables>
  servicePrincipals: ServicePrincipalStore
  groups: GroupStore
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

const disabling = z.object({ id: servicePrincipalId })

/** Refuses a principal from now on: its secrets at once, the access tokens that are out within a second. */
export const disableServicePrincipal =
  ({ database, servicePrincipals, groups, authorizer, audit, now }: Deps) =>
  async ({ actor, trace }: Caller, input: DisableServicePrincipalInput): Promise<ServicePrincipal> => {
    const decision = authorizer.authorize(actor, 'security:service:save', { type: 'Service' })
    requireFreshUser(actor, now())
    const { id } = parseInput(disabling, input)
    return inTransaction(database, async (tx) => {
      const at = now()
      const known = await servicePrincipals.lock(tx, id, at)
      if (known === undefined) throw servicePrincipalNotFound(id)
      await audit.recordDecision(tx, { ...decision, resource: { type: 'Service', id } }, trace)
      if (known.disabledAt !== undefined) return known
      await servicePrincipals.disable(tx, id, at)
      await revokeRights(tx, groups, { principalIds: [id] }, at)
      return { ...known, disabledAt: at }
    })
  }
