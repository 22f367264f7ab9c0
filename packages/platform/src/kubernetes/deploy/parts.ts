/** What should run in a cluster and what does: one row for each part. */
import { z } from 'zod'
import type { Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../objects.ts'
import { APP_NAMESPACE, SERVICES } from '../releases.ts'
import { type Release, releasesOf } from './helm.ts'
import { namespacesOf } from './manifests.ts'

export type DeployedPart = {
  readonly namespace: string
  readonly name: string
  readonly kind: string
  readonly ready: number
  /** None where it is not there at all. */
  readonly wanted: number
  readonly images: readonly string[]
  /** Of its Helm release, where it is one. */
  readonly revision?: number
  readonly state: 'ready' | 'not ready' | 'missing'
}

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

const containers = z.array(z.looseObject({ name: z.string(), image: z.string() }))
const workload = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string(), generation: z.int().default(0) }),
  spec: z.looseObject({
    replicas: z.int().optional(),
    template: z.looseObject({ spec: z.looseObject({ containers }) }),
  }),
  status: z.looseObject({
    observedGeneration: z.int().default(0),
    readyReplicas: z.int().default(0),
    updatedReplicas: z.int().optional(),
    desiredNumberScheduled: z.int().optional(),
    numberReady: z.int().optional(),
    updatedNumberScheduled: z.int().optional(),
  }),
})
const workloads = z.object({ items: z.array(workload) })

const operated = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  spec: z.looseObject({
    instances: z.int().optional(),
    replicas: z.int().optional(),
    imageName: z.string().optional(),
  }),
  status: z
    .looseObject({
      readyInstances: z.int().optional(),
      instances: z.int().optional(),
      conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).optional(),
    })
    .default({}),
})
type Operated = z.infer<typeof operated>

type Operator = {
  readonly type: string
  /** How many are ready, where so many are wanted. */
  readonly readyOf: (status: Operated['status'], wanted: number) => number
}

/** Objects that an operator makes the pods of, by their kinds: where one is gone, so is what it had made. */
const OPERATED: Readonly<Record<string, Operator>> = {
  Cluster: { type: 'clusters.postgresql.cnpg.io', readyOf: ({ readyInstances = 0 }) => readyInstances },
  Pooler: { type: 'poolers.postgresql.cnpg.io', readyOf: ({ instances = 0 }) => instances },
  Prometheus: {
    type: 'prometheuses.monitoring.coreos.com',
    readyOf: ({ conditions = [] }, wanted) =>
      conditions.some(({ type, status }) => type === 'Available' && status === 'True') ? wanted : 0,
  },
}

const toPart = ({ kind, metadata, spec, status }: z.infer<typeof workload>): DeployedPart => {
  const wanted = status.desiredNumberScheduled ?? spec.replicas ?? 1
  const ready = status.numberReady ?? status.readyReplicas
  const updated = status.updatedNumberScheduled ?? status.updatedReplicas ?? 0
  const isReady = ready >= wanted && updated >= wanted && status.observedGeneration >= metadata.generation
  const { namespace, name } = metadata
  const images = spec.template.spec.containers.map(({ image }) => image)
  return { namespace, name, kind, ready, wanted, images, state: isReady ? 'ready' : 'not ready' }
}

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet']

/** The parts that the manifests and the releases stand for, and whatever else runs in their namespaces. */
export const deployedParts = async (
  { cluster, signal }: Work,
  objects: readonly KubernetesObject[],
): Promise<readonly DeployedPart[]> => {
  const get = async (what: string): Promise<unknown> =>
    JSON.parse(await cluster.kubectl(['get', what, '--all-namespaces', '--output', 'json'], { signal }))
  const namespaces = namespacesOf(objects)
  const running = workloads.parse(await get('deployments,statefulsets,daemonsets')).items.map(toPart)
  const found = await Promise.all(
    Object.entries(OPERATED)
      .filter(([kind]) => objects.some((object) => object.kind === kind))
      .map(async ([kind, operator]) => {
        const { items } = z.object({ items: z.array(operated) }).parse(await get(operator.type))
        return items.map((item) => toOperated(kind, operator, item))
      }),
  )
  const there = [...running, ...found.flat()].filter(({ namespace }) => namespaces.includes(namespace))
  const releases = await releasesOf({ cluster, signal })
  const wanted = [
    ...objects
      .filter(({ kind }) => WORKLOADS.includes(kind) || kind in OPERATED)
      .map(({ kind, metadata: { name, namespace = 'default' } }) => ({ kind, name, namespace })),
    ...SERVICES.map((name) => ({ kind: 'Deployment', name, namespace: APP_NAMESPACE })),
  ]
  const isSame = (one: Named, other: Named) =>
    one.kind === other.kind && one.name === other.name && one.namespace === other.namespace
  const missing = wanted
    .filter((each) => !there.some((part) => isSame(part, each)))
    .map((each): DeployedPart => ({ ...each, ready: 0, wanted: 0, images: [], state: 'missing' }))
  return [...there, ...missing].map((part) => withRelease(part, releases.values())).sort(byPlace)
}

type Named = Pick<DeployedPart, 'kind' | 'name' | 'namespace'>

const toOperated = (kind: string, { readyOf }: Operator, { metadata, spec, status }: Operated): DeployedPart => {
  const wanted = spec.instances ?? spec.replicas ?? 1
  const ready = readyOf(status, wanted)
  return {
    namespace: metadata.namespace,
    name: metadata.name,
    kind,
    ready,
    wanted,
    images: spec.imageName === undefined ? [] : [spec.imageName],
    state: ready >= wanted ? 'ready' : 'not ready',
  }
}

const withRelease = (part: DeployedPart, releases: Iterable<Release>): DeployedPart => {
  if (part.namespace !== APP_NAMESPACE) return part
  const release = [...releases].find(({ service }) => service === part.name)
  if (release === undefined) return part
  const state = release.status === 'deployed' ? part.state : 'not ready'
  return { ...part, revision: release.revision, state }
}

const byPlace = (one: DeployedPart, other: DeployedPart): number =>
  `${one.namespace} ${one.name}`.localeCompare(`${other.namespace} ${other.name}`)
