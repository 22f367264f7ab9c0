import { policyBundles } from '@neotool/contracts/events/tables'
import { createAuthorizer, faultsOf } from '@neotool/kit/authz'
import { addTableEntry } from '@neotool/kit/events/outbox'
import type { Tx } from '@neotool/kit/postgres'
import type { Logger } from '@neotool/kit/telemetry'
import type { Tables } from './database.ts'
import type { GrantStore } from './grant-store.ts'
import type { GroupStore } from './group-store.ts'
import { ADMINISTRATORS } from './groups.ts'
import {
  ACTIVATE,
  type BuiltInPolicies,
  locksEverybodyOut,
  POLICIES,
  type PolicyVersion,
  policiesBroken,
} from './policy-version.ts'
import type { PolicyVersionStore } from './policy-version-store.ts'

export type ActivationDeps = {
  readonly policyVersions: PolicyVersionStore
  readonly groups: GroupStore
  readonly grants: GrantStore
  readonly builtIn: BuiltInPolicies
  readonly log: Logger
}

/**
 * Makes a draft the active version and has every process decide by it a moment after the commit; the versions must be
 * locked. Throws POLICIES_BROKEN where it does not fit this release, and POLICY_LOCKS_OUT where nobody could undo it.
 */
export const activateVersion = async (
  tx: Tx<Tables>,
  deps: ActivationDeps,
  draft: PolicyVersion,
  { at, byId }: { at: Date; byId: string },
): Promise<PolicyVersion> => {
  const { policyVersions, builtIn, log } = deps
  const faults = faultsOf({ schema: builtIn.schema, policies: draft.text })
  if (faults.length > 0) {
    log.error({ number: draft.number, faults }, 'broken policies were not activated; those before them stay')
    throw policiesBroken(faults)
  }
  if (!(await canSomebodyActivate(tx, deps, draft.text, at))) throw locksEverybodyOut()
  const active = await policyVersions.activate(tx, draft.number, { at, byId })
  await publishVersion(tx, active)
  return active
}

/** Puts the active version on the topic that every process reads. */
export const publishVersion = async (tx: Tx<Tables>, { activation, text }: PolicyVersion): Promise<void> => {
  if (activation === undefined) throw new Error('only an active version is published')
  await addTableEntry(tx, policyBundles, 'active', { version: activation.count, policies: text })
}

/** Whether some person could still activate others if these policies decided. */
const canSomebodyActivate = async (
  tx: Tx<Tables>,
  { grants, groups, builtIn, log }: ActivationDeps,
  policies: string,
  at: Date,
): Promise<boolean> => {
  // The last administrator is not removed meanwhile.
  await groups.lock(tx, ADMINISTRATORS)
  const holders = await grants.holders(tx, ACTIVATE, at)
  if (holders.length === 0) return false
  const rights = await groups.loadRights(tx, holders, at)
  using candidate = createAuthorizer({ schema: builtIn.schema, policies, log })
  return holders.some((id, index) => {
    const permissions = rights[index]?.permissions ?? []
    return candidate.decide({ kind: 'user', id, permissions }, ACTIVATE, POLICIES).isAllowed
  })
}
