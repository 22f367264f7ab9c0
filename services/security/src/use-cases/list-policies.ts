import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { POLICIES, type PolicyState, type PolicyVersion } from '../policy-version.ts'
import { POLICY_ORDER, type PolicyVersionStore } from '../policy-version-store.ts'

type Deps = { database: Database<Tables>; policyVersions: PolicyVersionStore; authorizer: Authorizer }

/** The versions of the policies, newest first, as a Relay connection. */
export const listPolicies =
  ({ database, policyVersions, authorizer }: Deps) =>
  async (
    { actor }: Caller,
    { state, ...pageArgs }: PageArgs & { readonly state?: PolicyState | undefined },
  ): Promise<Connection<PolicyVersion>> => {
    authorizer.authorize(actor, 'security:policy:view', POLICIES)
    const page = parsePage(pageArgs, POLICY_ORDER)
    const rows = await policyVersions.listPage(database, page, state)
    return toConnection(rows, page, ({ id, number }) => ({ id, value: number }))
  }
