import { policyBundles } from '@neotool/contracts/events/tables'
import type { Authorizer } from '../authz.ts'
import { unavailable } from '../errors.ts'
import type { Logger, Metrics } from '../telemetry.ts'
import type { Kafka } from './kafka.ts'
import { startTableReader, type TableReader } from './table-reader.ts'

/**
 * Starts to follow the active policies. Without any, the base policies decide. A bundle that is broken is refused, counted
 * and logged as an error, for somebody to look at, and the policies before it go on deciding; a process that has begun
 * since then knows none that it may decide by, and is not ready.
 */
export const startPolicyUpdates = (
  authorizer: Authorizer,
  kafka: Kafka,
  { log, metrics }: { log: Logger; metrics: Metrics },
): TableReader => {
  let active = 0
  metrics.gauge('policies_version', 'The policies that decide; 0 are the built-in ones', () => active)
  const refused = metrics.counter('policies_refused_total', 'Policies that were refused because they are broken', [])
  let isRefused = false
  const reader = startTableReader({
    table: policyBundles,
    kafka,
    log,
    onRefused: () => {
      isRefused = true
      refused.inc()
    },
    onEntry: (_key, bundle) => {
      // A relay that stood still may publish an old bundle after a newer one.
      if (bundle === undefined || bundle.version < active) return
      authorizer.replacePolicies(bundle.policies)
      active = bundle.version
      log.info({ version: bundle.version }, 'these policies decide from now on')
    },
  })
  return {
    ...reader,
    caughtUp: async () => {
      await reader.caughtUp()
      if (isRefused && active === 0) throw unavailable('POLICIES_BROKEN', 'the active policies do not fit this release')
    },
  }
}
