/*
 * Requests are what nodes must have. Counted are the pods that are always there, at the fewest that autoscalers go down to,
 * and the Jobs of an overlay, which run beside them after each apply. Migrations are not: they run before their service's
 * pods, in their place. CronJobs are not: they come one after the other, and a little later where there is no room.
 */
import { z } from 'zod'
import { type PodSpec, type Workload, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import { autoscalersOf, fewestPods } from './availability.ts'
import type { Finding } from './finding.ts'
import { quantity } from './quantity.ts'

export type Resources = { readonly cores: number; readonly bytes: number }

const sum = (parts: readonly Resources[]): Resources => ({
  cores: parts.reduce((total, { cores }) => total + cores, 0),
  bytes: parts.reduce((total, { bytes }) => total + bytes, 0),
})

const times = ({ cores, bytes }: Resources, count: number): Resources => ({
  cores: cores * count,
  bytes: bytes * count,
})

/** What a pod takes of a node: its containers together, or the largest of those that come first, if that is more. */
export const requestsOf = (pod: PodSpec): Resources => {
  const of = ({ resources: { requests } }: PodSpec['containers'][number]): Resources => ({
    cores: quantity(requests.cpu ?? 0),
    bytes: quantity(requests.memory ?? 0),
  })
  const together = sum(pod.containers.map(of))
  const first = pod.initContainers.map(of)
  return {
    cores: Math.max(together.cores, ...first.map(({ cores }) => cores)),
    bytes: Math.max(together.bytes, ...first.map(({ bytes }) => bytes)),
  }
}

const isHook = ({ metadata }: KubernetesObject): boolean =>
  z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) }).parse(metadata).annotations[
    'helm.sh/hook'
  ] !== undefined

const isCounted = ({ object }: Workload): boolean => object.kind !== 'CronJob' && !isHook(object)

export type Share = { readonly workload: Workload; readonly pods: number; readonly requests: Resources }

/** What each workload takes at the least. */
export const sharesOf = (objects: readonly KubernetesObject[], nodes: number): Share[] => {
  const autoscalers = autoscalersOf(objects)
  return workloadsOf(objects)
    .filter(isCounted)
    .map((workload) => {
      const pods = workload.object.kind === 'DaemonSet' ? nodes : fewestPods(workload, autoscalers)
      return { workload, pods, requests: times(requestsOf(workload.pod), pods) }
    })
}

const inWords = ({ cores, bytes }: Resources): string =>
  `${cores.toFixed(2)} cores and ${(bytes / 2 ** 30).toFixed(1)} GiB`

const fits = (need: Resources, room: Resources): boolean => need.cores <= room.cores && need.bytes <= room.bytes

/** What is there at the least fits into so many nodes, and each pod into one of them. */
export const findWhatDoesNotFit = (objects: readonly KubernetesObject[], nodes: number, node: Resources): Finding[] => {
  const shares = sharesOf(objects, nodes)
  const need = sum(shares.map(({ requests }) => requests))
  const room = times(node, nodes)
  const whole = fits(need, room)
    ? []
    : [
        {
          rule: 'capacity',
          object: 'all pods',
          problem: `they request ${inWords(need)}, and there are ${inWords(room)}`,
        },
      ]
  const tooLarge = shares.flatMap(({ workload: { object, pod } }) => {
    const requests = requestsOf(pod)
    if (fits(requests, node)) return []
    return [
      { rule: 'capacity', object: nameOf(object), problem: `a pod requests ${inWords(requests)}: no node has that` },
    ]
  })
  return [...whole, ...tooLarge]
}

const quota = z.looseObject({
  spec: z.looseObject({ hard: z.record(z.string(), z.union([z.string(), z.number()])).default({}) }),
})

/** A quota leaves room for what its namespace may grow to; else the autoscaler's maximum would be a promise nobody keeps. */
export const findTightQuotas = (objects: readonly KubernetesObject[], nodes: number): Finding[] => {
  const autoscalers = autoscalersOf(objects)
  const workloads = workloadsOf(objects)
  return objects
    .filter(({ kind }) => kind === 'ResourceQuota')
    .flatMap((object) => {
      const { hard } = quota.parse(object).spec
      const grown = workloads
        .filter(({ namespace }) => namespace === object.metadata.namespace)
        .filter(({ object: { kind } }) => kind !== 'CronJob')
        .map((workload) => {
          const scaler = autoscalers.find(({ target }) => target?.object === workload.object)
          const pods = workload.object.kind === 'DaemonSet' ? nodes : (scaler?.most ?? workload.replicas ?? 1)
          return { pods, requests: times(requestsOf(workload.pod), pods) }
        })
      const { cores, bytes } = sum(grown.map(({ requests }) => requests))
      const pods = grown.reduce((total, each) => total + each.pods, 0)
      const needs: readonly (readonly [string, number])[] = [
        ['pods', pods],
        ['requests.cpu', cores],
        ['requests.memory', bytes],
      ]
      return needs.flatMap(([name, need]) => {
        const room = hard[name]
        if (room === undefined || need <= quantity(room) * (1 + 1e-9)) return []
        const amount = name === 'requests.memory' ? `${(need / 2 ** 30).toFixed(1)}Gi` : need.toFixed(2)
        return [
          { rule: 'quota', object: nameOf(object), problem: `${name} is ${room}, and its pods may need ${amount}` },
        ]
      })
    })
}
