import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { type ActivationDeps, activateVersion } from '../activate-version.ts'
import type { Tables } from '../database.ts'
import type { ActivatePolicyInput } from '../generated/graphql.ts'
import { ACTIVATE, POLICIES, type PolicyVersion, policyNotDraft, policyVersionNotFound } from '../policy-version.ts'

type Deps = ActivationDeps & { database: Database<Tables>; authorizer: Authorizer; audit: Audit; now: () => Date }

/** Has every service decide by a draft, in place of the policies that were active. */
export const activatePolicy =
  ({ database, authorizer, audit, now, ...activation }: Deps) =>
  async ({ actor, trace }: Caller, { number }: ActivatePolicyInput): Promise<PolicyVersion> => {
    const decision = authorizer.authorize(actor, ACTIVATE, POLICIES)
    const { id: byId } = requireFreshUser(actor, now())
    return inTransaction(database, async (tx) => {
      await activation.policyVersions.lock(tx)
      const draft = await activation.policyVersions.find(tx, number)
      if (draft === undefined) throw policyVersionNotFound(number)
      if (draft.state !== 'draft') throw policyNotDraft(number)
      await audit.recordDecision(tx, { ...decision, resource: { ...POLICIES, id: String(number) } }, trace)
      return activateVersion(tx, activation, draft, { at: now(), byId })
    })
  }
