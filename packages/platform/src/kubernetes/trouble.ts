/** Why something in a cluster is not as it should be: the pods that are not ready, their events and their last words. */
import { z } from 'zod'
import type { Cluster } from './cluster.ts'

const containerStatus = z.looseObject({ name: z.string(), ready: z.boolean(), restartCount: z.int() })
const pod = z.looseObject({
  metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
  status: z.looseObject({
    phase: z.string(),
    containerStatuses: z.array(containerStatus).default([]),
    initContainerStatuses: z.array(containerStatus).default([]),
  }),
})
const pods = z.object({ items: z.array(pod) })
const event = z.looseObject({
  type: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  involvedObject: z.looseObject({ kind: z.string().optional(), name: z.string().optional() }),
})
const events = z.object({ items: z.array(event) })

type Pod = z.infer<typeof pod>

const isWell = ({ status: { phase, containerStatuses } }: Pod): boolean =>
  phase === 'Succeeded' || (phase === 'Running' && containerStatuses.every(({ ready }) => ready))

const LOG_LINES = 8

const lastWords = async (
  { kubectl }: Cluster,
  { metadata: { name, namespace }, status }: Pod,
  signal?: AbortSignal,
): Promise<string[]> => {
  const troubled = [...status.initContainerStatuses, ...status.containerStatuses].filter(({ ready }) => !ready)
  const words = troubled.map(async ({ name: container, restartCount }) => {
    const previous = restartCount > 0 ? ['--previous'] : []
    const args = ['logs', name, '-n', namespace, '-c', container, `--tail=${LOG_LINES}`, ...previous]
    // A container that has not started has said nothing.
    const text = await kubectl(args, { signal }).catch(() => '')
    return text.trim() === '' ? [] : [`${namespace}/${name} ${container} says:`, ...text.trim().split('\n')]
  })
  return (await Promise.all(words)).flat()
}

/** Lines about everything in the namespaces that is not well; empty where all is. */
export const troubleIn = async (
  cluster: Cluster,
  namespaces: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> => {
  const lines = namespaces.map(async (namespace) => {
    const get = async (what: string) =>
      JSON.parse(await cluster.kubectl(['get', what, '-n', namespace, '-o', 'json'], { signal }))
    const ill = pods.parse(await get('pods')).items.filter((each) => !isWell(each))
    const warnings = events.parse(await get('events')).items.filter(({ type }) => type === 'Warning')
    const toText = ({ involvedObject: { kind, name }, reason, message }: z.infer<typeof event>) =>
      `${kind} ${namespace}/${name}: ${reason}: ${message}`
    const seen = [...new Set(warnings.map(toText))].slice(-LOG_LINES)
    const words = await Promise.all(ill.map((each) => lastWords(cluster, each, signal)))
    return [
      ...ill.map(({ metadata: { name }, status: { phase } }) => `Pod ${namespace}/${name} is ${phase}, not ready`),
      ...(ill.length === 0 ? [] : seen),
      ...words.flat(),
    ]
  })
  return (await Promise.all(lines)).flat()
}
