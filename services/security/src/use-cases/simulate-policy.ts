import { type Authorizer, createAuthorizer, faultsOf, type PolicyPrincipal, type Resource } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import type { Logger } from '@neotool/kit/telemetry'
import { z } from 'zod'
import type { ChainedRecord } from '../audit-chain.ts'
import type { AuditStore } from '../audit-store.ts'
import type { Tables } from '../database.ts'
import { BUILT_IN, type BuiltInPolicies, POLICIES, policiesBroken, policyVersionNotFound } from '../policy-version.ts'
import type { PolicyVersionStore } from '../policy-version-store.ts'

type Deps = {
  database: Database<Tables>
  auditLog: AuditStore
  policyVersions: PolicyVersionStore
  builtIn: BuiltInPolicies
  authorizer: Authorizer
  log: Logger
  now: () => Date
}

export type Simulation = {
  readonly decisionCount: number
  readonly newlyAllowedCount: number
  readonly newlyDeniedCount: number
  /** False where there were more decisions than are replayed at once. */
  readonly isComplete: boolean
  /** The first of those that would be decided otherwise. */
  readonly differences: readonly Difference[]
}
export type Difference = {
  readonly event: ChainedRecord
  readonly isAllowed: boolean
  readonly policyIds: readonly string[]
}

const DAY_MS = 86_400_000
const BATCH = 200
const MOST_DECISIONS = 100_000
const MOST_DIFFERENCES = 50

const asked = z.object({
  number: z.int().min(BUILT_IN, 'must be 0 or more'),
  days: z.int().min(1, 'must be 1 or more').max(90, 'must be 90 or less'),
})

/** Decides again, by other policies, what was decided in the last days, and tells what would have been otherwise. */
export const simulatePolicy =
  ({ database, auditLog, policyVersions, builtIn, authorizer, log, now }: Deps) =>
  async ({ actor }: Caller, input: { number: number; days?: number | null | undefined }): Promise<Simulation> => {
    authorizer.authorize(actor, 'security:policy:view', POLICIES)
    authorizer.authorize(actor, 'security:audit:view', { type: 'AuditEvent' })
    const { number, days } = parseInput(asked, { number: input.number, days: input.days ?? 7 })
    const policies = number === BUILT_IN ? builtIn.policies : (await policyVersions.find(database, number))?.text
    if (policies === undefined) throw policyVersionNotFound(number)
    const faults = faultsOf({ schema: builtIn.schema, policies })
    if (faults.length > 0) throw policiesBroken(faults)

    using candidate = createAuthorizer({ schema: builtIn.schema, policies, log })
    const filter = { from: new Date(now().getTime() - days * DAY_MS) }
    const counts = { decisionCount: 0, newlyAllowedCount: 0, newlyDeniedCount: 0 }
    const differences: Difference[] = []
    for (let last = 0; counts.decisionCount < MOST_DECISIONS; ) {
      const events = await auditLog.readAfter(database, last, { limit: BATCH, filter })
      for (const event of events) {
        last = event.sequence
        const principal = principalOf(event)
        if (principal === undefined) continue
        counts.decisionCount += 1
        const { isAllowed, policyIds } = candidate.decide(principal, event.action, event.resource as Resource)
        if (isAllowed === (event.outcome === 'allowed')) continue
        counts[isAllowed ? 'newlyAllowedCount' : 'newlyDeniedCount'] += 1
        if (differences.length < MOST_DIFFERENCES) differences.push({ event, isAllowed, policyIds })
      }
      if (events.length < BATCH) return { ...counts, isComplete: true, differences }
    }
    return { ...counts, isComplete: false, differences }
  }

/** Who acted, where policies decided; what is allowed without any of them, such as a sign-in, is no decision of theirs. */
const principalOf = ({ actor, outcome, policyIds }: ChainedRecord): PolicyPrincipal | undefined => {
  const isDecision = outcome === 'denied' || (outcome === 'allowed' && policyIds.length > 0)
  if (!isDecision || actor.kind === 'anonymous') return undefined
  const { kind, id, permissions, actingServiceId } = actor
  return { kind, id, permissions, ...(actingServiceId !== undefined && { actingServiceId }) }
}
