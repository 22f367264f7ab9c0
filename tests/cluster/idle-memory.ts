import { quantity } from '@neotool/platform/kubernetes/checks/quantity'
import type { Cluster } from '@neotool/platform/kubernetes/cluster'
import { SERVICES } from '@neotool/platform/kubernetes/releases'
import { eventually } from '@neotool/testkit/eventually'

/** Bytes that a pod has in use, and those that it asks for. */
export type PodMemory = { readonly pod: string; readonly usedBytes: number; readonly requestedBytes: number }

type Named = { readonly metadata: { readonly name: string } }
type Metrics = {
  readonly items: readonly (Named & {
    readonly containers: readonly { readonly usage: { readonly memory: string } }[]
  })[]
}
type Pods = {
  readonly items: readonly (Named & {
    readonly spec: { readonly containers: readonly { readonly resources: { readonly requests: { memory: string } } }[] }
  })[]
}

const NAMESPACE = 'neotool-app'
const IS_SERVICE = `app.kubernetes.io/name in (${SERVICES.join(',')})`

const sum = (quantities: readonly string[]): number => quantities.reduce((total, each) => total + quantity(each), 0)

const ask = async ({ kubectl }: Cluster): Promise<readonly PodMemory[]> => {
  const isRunning = ['-l', IS_SERVICE, '--field-selector=status.phase=Running']
  const pods = JSON.parse(await kubectl(['get', 'pods', '-n', NAMESPACE, ...isRunning, '-o', 'json'])) as Pods
  const metrics = JSON.parse(
    await kubectl(['get', '--raw', `/apis/metrics.k8s.io/v1beta1/namespaces/${NAMESPACE}/pods`]),
  ) as Metrics
  const used = new Map(
    metrics.items.map(({ metadata, containers }) => [metadata.name, sum(containers.map(({ usage }) => usage.memory))]),
  )
  return pods.items.map(({ metadata: { name: pod }, spec: { containers } }) => ({
    pod,
    usedBytes: used.get(pod) ?? 0,
    requestedBytes: sum(containers.map(({ resources }) => resources.requests.memory)),
  }))
}

/** What the pods of the four services have in use, as the cluster's metrics say, once they do so of all of them. */
export const serviceMemory = (cluster: Cluster): Promise<readonly PodMemory[]> =>
  eventually(
    'the memory of all services is known',
    () => ask(cluster),
    (pods) => pods.length >= SERVICES.length && pods.every(({ usedBytes }) => usedBytes > 0),
    600_000,
  )
