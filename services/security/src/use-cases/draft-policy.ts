import type { Audit } from '@neotool/kit/audit'
import { requireUser } from '@neotool/kit/auth'
import { type Authorizer, faultsOf } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { DraftPolicyInput } from '../generated/graphql.ts'
import { type BuiltInPolicies, newPolicies, POLICIES, type PolicyVersion, policiesBroken } from '../policy-version.ts'
import type { PolicyVersionStore } from '../policy-version-store.ts'

type Deps = {
  database: Database<Tables>
  policyVersions: PolicyVersionStore
  builtIn: BuiltInPolicies
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

/** Keeps policies as a draft, which decides nothing; throws POLICIES_BROKEN with every fault where they cannot be used. */
export const draftPolicy =
  ({ database, policyVersions, builtIn, authorizer, audit, now }: Deps) =>
  async ({ actor, trace }: Caller, input: DraftPolicyInput): Promise<PolicyVersion> => {
    const decision = authorizer.authorize(actor, 'security:policy:save', POLICIES)
    const { id: authorId } = requireUser(actor)
    const { text, comment } = parseInput(newPolicies, input)
    const faults = faultsOf({ schema: builtIn.schema, policies: text })
    if (faults.length > 0) throw policiesBroken(faults)
    return inTransaction(database, async (tx) => {
      await policyVersions.lock(tx)
      const draft = await policyVersions.insert(tx, { text, comment, authorId, createdAt: now() })
      const resource = { ...POLICIES, id: String(draft.number) }
      await audit.recordDecision(tx, { ...decision, resource }, trace)
      return draft
    })
  }
