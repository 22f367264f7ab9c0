import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction, type Tx } from '@neotool/kit/postgres'
import { type ActivationDeps, activateVersion } from '../activate-version.ts'
import type { Tables } from '../database.ts'
import type { RollbackPolicyInput } from '../generated/graphql.ts'
import {
  ACTIVATE,
  BUILT_IN,
  newPolicies,
  POLICIES,
  type PolicyVersion,
  policyNotSuperseded,
  policyVersionNotFound,
} from '../policy-version.ts'

type Deps = ActivationDeps & { database: Database<Tables>; authorizer: Authorizer; audit: Audit; now: () => Date }

/** Makes the policies of an earlier version, or those that the release is built with, active again, as a new version. */
export const rollbackPolicy = ({ database, authorizer, audit, now, ...activation }: Deps) => {
  const { policyVersions, builtIn } = activation
  const textOf = async (tx: Tx<Tables>, number: number): Promise<string> => {
    if (number === BUILT_IN) return builtIn.policies
    const earlier = await policyVersions.find(tx, number)
    if (earlier === undefined) throw policyVersionNotFound(number)
    if (earlier.state !== 'superseded') throw policyNotSuperseded(number)
    return earlier.text
  }
  return async ({ actor, trace }: Caller, input: RollbackPolicyInput): Promise<PolicyVersion> => {
    const decision = authorizer.authorize(actor, ACTIVATE, POLICIES)
    const { id: byId } = requireFreshUser(actor, now())
    const { number: restores } = input
    const { comment } = parseInput(newPolicies.pick({ comment: true }), input)
    return inTransaction(database, async (tx) => {
      const at = now()
      await policyVersions.lock(tx)
      const text = await textOf(tx, restores)
      const draft = await policyVersions.insert(tx, { text, comment, authorId: byId, createdAt: at, restores })
      const resource = { ...POLICIES, id: String(draft.number) }
      await audit.recordDecision(tx, { ...decision, resource }, trace)
      return activateVersion(tx, activation, draft, { at, byId })
    })
  }
}
