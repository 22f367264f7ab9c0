import { policyBundles } from '@neotool/contracts/events/tables'
import type { Authorizer } from '../authz.ts'
import type { Logger } from '../telemetry.ts'
import type { Kafka } from './kafka.ts'
import { startTableReader, type TableReader } from './table-reader.ts'

/**
 * Starts to follow the active policies. Without any, the base policies decide; a bundle that is broken is refused and
 * logged as an error, and the policies before it go on deciding.
 */
export const startPolicyUpdates = (authorizer: Authorizer, kafka: Kafka, log: Logger): TableReader => {
  let active = 0
  return startTableReader({
    table: policyBundles,
    kafka,
    log,
    onEntry: (_key, bundle) => {
      // A relay that stood still may publish an old bundle after a newer one.
      if (bundle === undefined || bundle.version < active) return
      authorizer.replacePolicies(bundle.policies)
      active = bundle.version
      log.info({ version: bundle.version }, 'these policies decide from now on')
    },
  })
}
