/*
 * The add-ons of a cluster that was made a moment ago come up while a deployment goes on: their types first, then what looks
 * at every object of these types before the server takes it.
 */
import { PlatformError } from '../../failure.ts'
import { passingFault, untilAnswered, waitUntilReady } from '../../probe.ts'
import type { Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../objects.ts'
import { versionsOf } from './changes.ts'
import { applyObjects } from './manifests.ts'

type Work = {
  readonly cluster: Cluster
  readonly signal?: AbortSignal | undefined
  /** For how long add-ons are waited for; 0 where they have to be there. */
  readonly withinMs: number
}

/** Returns once the cluster knows the types of all objects; throws, naming those that it does not know. */
export const untilTypesAreThere = (work: Work, objects: readonly KubernetesObject[]): Promise<void> => {
  const { cluster, signal, withinMs } = work
  const ask = async () => {
    const versions = await versionsOf({ cluster, signal })
    const unknown = [...new Set(objects.map(({ apiVersion }) => apiVersion))].filter((each) => !versions.has(each))
    if (unknown.length === 0) return
    throw new Error(`the cluster has no ${unknown.join(', ')}: infra/kubernetes/README.md says which add-on brings it`)
  }
  return untilAnswered('The add-ons', ask, { withinMs, signal })
}

const FAULT = /^(error|The )/i
// Its pod does not listen yet, or is not reached yet, or the server has not been told yet whom it may trust. K3s' server goes
// to pods by a proxy of its own, whose words these are then.
const LATE = [
  'no endpoints available',
  'connection refused',
  'proxy error from \\S+ while dialing \\S+ code 50[23]\\b',
  'context deadline exceeded',
  'i/o timeout',
  'certificate signed by unknown authority',
]
const WEBHOOK_IS_LATE = new RegExp(`failed calling webhook.*(${LATE.join('|')})`)

const isWebhookLate = (error: unknown): error is PlatformError => {
  if (!(error instanceof PlatformError)) return false
  const faults = error.logLines.filter((line) => FAULT.test(line))
  return faults.length > 0 && faults.every((line) => WEBHOOK_IS_LATE.test(line))
}

/** As applyObjects, again where nothing is wrong but that an add-on does not look at its objects yet. */
export const applyToNewCluster = (work: Work, objects: readonly KubernetesObject[]): Promise<void> => {
  const { cluster, signal, withinMs } = work
  const apply = () => applyObjects({ cluster, signal }, objects)
  if (withinMs === 0) return apply()
  const attempt = () =>
    apply().catch((error: unknown) => {
      throw isWebhookLate(error) ? passingFault(error) : error
    })
  return waitUntilReady('The add-ons', attempt, { withinMs, everyMs: 1_000, ...(signal && { signal }) })
}
