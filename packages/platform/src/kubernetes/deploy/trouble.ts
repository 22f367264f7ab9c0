/** Why something in a cluster is not as it should be: the objects that are not ready, their events and their last words. */
import { z } from 'zod'
import { type FailureReason, messageOf, PlatformError } from '../../failure.ts'
import type { Cluster } from '../cluster.ts'
import { isStartingJob, isWell, type Pod, podContainers, podList } from './pods.ts'

const workload = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ replicas: z.int().optional() }),
  status: z.looseObject({
    readyReplicas: z.int().default(0),
    desiredNumberScheduled: z.int().optional(),
    numberReady: z.int().optional(),
  }),
})
const workloads = z.object({ items: z.array(workload) })
const event = z.looseObject({
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTimestamp: z.string().nullish(),
  eventTime: z.string().nullish(),
  involvedObject: z.looseObject({ kind: z.string().optional(), name: z.string().optional() }),
})
const events = z.object({ items: z.array(event) })

const LOG_LINES = 8
const MOST_EVENTS = 8

/** Lines about everything in the namespaces that is not well; empty where all is. */
export const troubleIn = async (
  cluster: Cluster,
  namespaces: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> =>
  (await Promise.all(namespaces.map((namespace) => troubleOf({ cluster, namespace, signal })))).flat()

type Fault = { readonly message: string; readonly logLines: readonly string[]; readonly reason?: FailureReason }

/** What went wrong, in its own words and in those of the cluster. */
export const withTrouble = async (
  what: string,
  error: unknown,
  ask: () => Promise<readonly string[]>,
): Promise<Fault> => {
  const trouble = await ask().catch((cause: unknown) => [`What is wrong there could not be asked: ${messageOf(cause)}`])
  const own = error instanceof PlatformError ? error : undefined
  return {
    message: `${what}: ${messageOf(error)}`,
    logLines: [...new Set([...(own?.logLines ?? []), ...trouble])],
    ...(own && { reason: own.reason }),
  }
}

type Place = { readonly cluster: Cluster; readonly namespace: string; readonly signal: AbortSignal | undefined }

const troubleOf = async (place: Place): Promise<string[]> => {
  const { cluster, namespace, signal } = place
  const get = async (what: string): Promise<unknown> =>
    JSON.parse(await cluster.kubectl(['get', what, '--namespace', namespace, '-o', 'json'], { signal }))
  const ill = podList.parse(await get('pods')).items.filter((each) => !isWell(each) && !isStartingJob(each))
  const short = workloads
    .parse(await get('deployments,statefulsets,daemonsets'))
    .items.map((each) => ({ ...each, ...countsOf(each) }))
    .filter(({ ready, wanted }) => ready < wanted)
  if (ill.length + short.length === 0) return []
  // Those of a ReplicaSet or a Job too: where no pod could be made, they alone say why.
  const names = [...ill, ...short].map(({ metadata }) => metadata.name)
  const warnings = events
    .parse(await get('events'))
    .items.filter(
      ({ type, involvedObject: { name = '' } }) => type === 'Warning' && names.some((own) => isOf(name, own)),
    )
    .sort((one, other) => timeOf(one).localeCompare(timeOf(other)))
    .map(({ involvedObject: { kind, name }, reason, message }) => `${kind} ${namespace}/${name}: ${reason}: ${message}`)
  const words = await Promise.all(ill.map((each) => lastWords(place, each)))
  return [
    ...short.map(
      ({ kind, metadata, ready, wanted }) => `${kind} ${namespace}/${metadata.name}: ${ready} of ${wanted} ready`,
    ),
    ...ill.map(describe),
    ...[...new Set(warnings)].slice(-MOST_EVENTS),
    ...words.flat(),
  ]
}

const isOf = (name: string, owner: string) => name === owner || name.startsWith(`${owner}-`)

const timeOf = ({ lastTimestamp, eventTime }: z.infer<typeof event>) => lastTimestamp ?? eventTime ?? ''

const countsOf = ({ spec, status }: z.infer<typeof workload>) => ({
  wanted: status.desiredNumberScheduled ?? spec.replicas ?? 0,
  ready: status.numberReady ?? status.readyReplicas,
})

const describe = (pod: Pod): string => {
  const { namespace, name } = pod.metadata
  const waits = podContainers(pod).flatMap(({ name: container, image, waiting }) =>
    waiting === undefined || waiting.reason === 'PodInitializing'
      ? []
      : [`container ${container} (${image}) waits: ${waiting.reason}`],
  )
  return [`Pod ${namespace}/${name} is ${pod.status.phase}, not ready`, ...waits].join('; ')
}

const lastWords = async ({ cluster, namespace, signal }: Place, pod: Pod): Promise<string[]> => {
  const { name } = pod.metadata
  // One that prepares the pod is never ready once it has ended well, so its words are of use only before that.
  const troubled = podContainers(pod).filter(({ isReady }) => !isReady)
  const words = troubled.map(async ({ name: container, restartCount }) => {
    const previous = restartCount > 0 ? ['--previous'] : []
    const args = ['logs', name, '--namespace', namespace, '--container', container, `--tail=${LOG_LINES}`, ...previous]
    // A container that has not started has said nothing.
    const text = await cluster.kubectl(args, { signal }).catch(() => '')
    return text.trim() === '' ? [] : [`${namespace}/${name} ${container} says:`, ...text.trim().split('\n')]
  })
  return (await Promise.all(words)).flat()
}
