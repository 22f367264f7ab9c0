/*
 * Brings rendered manifests into a cluster and waits until all of them are what they should be. Both may be repeated. What an
 * autoscaler or an operator sets in an object of ours stays theirs, because the server merges what is applied.
 */
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import { waitUntilReady } from '../../probe.ts'
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, nameOf, parseObjects, toYaml } from '../objects.ts'
import { whileThereIsHope } from './hope.ts'
import { APPLY, placeOf } from './kubectl.ts'
import { replaceStuckPods, yieldToChange } from './stateful-sets.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

/** The objects that `kubectl apply --kustomize` of a directory would bring. */
export const renderOverlay = async (
  { cluster, signal }: { readonly cluster: Pick<Cluster, 'kubectl'>; readonly signal?: AbortSignal | undefined },
  overlay: string,
): Promise<KubernetesObject[]> => parseObjects(await cluster.kubectl(['kustomize', overlay], { signal }))

export const isNamespace = ({ kind }: KubernetesObject): boolean => kind === 'Namespace'

/** Its work is done once, whereas everything else of ours is there to stay. */
export const isJob = ({ kind }: KubernetesObject): boolean => kind === 'Job'

const isStatefulSet = ({ kind }: KubernetesObject): boolean => kind === 'StatefulSet'

export const namespacesOf = (objects: readonly KubernetesObject[]): string[] =>
  objects.filter(isNamespace).map(({ metadata }) => metadata.name)

/** Has the objects be as they are given. */
export const applyObjects = async ({ cluster, signal }: Work, objects: readonly KubernetesObject[]): Promise<void> => {
  if (objects.length === 0) return
  // A Job cannot be changed, and runs once. Ours may be repeated, and a release may bring new topics: each deployment runs them.
  for (const job of objects.filter(isJob)) await removeObject({ cluster, signal }, job)
  for (const object of objects.filter(isStatefulSet)) await yieldToChange({ cluster, signal }, object)
  await cluster.kubectl([...APPLY, '--filename', '-'], { input: toYaml(objects), signal })
}

export const removeObject = async ({ cluster, signal }: Work, object: KubernetesObject): Promise<void> => {
  await cluster.kubectl(['delete', ...placeOf(object), '--ignore-not-found', '--wait'], { signal })
}

const READY_WITHIN_SECONDS = 600
const TIMEOUT = `--timeout=${READY_WITHIN_SECONDS}s`

const ROLLED_OUT = ['Deployment', 'StatefulSet', 'DaemonSet']

// Objects of operators: what they say when their work is done.
const CONDITIONS: Readonly<Record<string, string>> = {
  Certificate: 'condition=Ready',
  Cluster: 'condition=Ready',
  Database: 'jsonpath={.status.applied}=true',
  Pooler: 'jsonpath={.status.instances}',
  Prometheus: 'condition=Available',
}

/** What is waited for: everything that works or has to be made, and not what only says something. */
export const awaitedOf = (objects: readonly KubernetesObject[]): KubernetesObject[] =>
  objects.filter((object) => ROLLED_OUT.includes(object.kind) || object.kind in CONDITIONS || isJob(object))

/** Returns once all objects are ready and all Jobs have ended; throws as soon as one of them cannot become so. */
export const waitForObjects = async (
  { cluster, signal }: Work,
  objects: readonly KubernetesObject[],
  progress: (detail: string) => void = () => {},
): Promise<string> => {
  const awaited = awaitedOf(objects)
  const waiting = new Set(awaited.map(nameOf))
  const namespaces = [...new Set(awaited.flatMap(({ metadata: { namespace } }) => namespace ?? []))]
  await whileThereIsHope({ cluster, signal, namespaces }, async (hope) => {
    for (const object of objects.filter(isStatefulSet)) await replaceStuckPods({ cluster, signal: hope }, object)
    await Promise.all(
      awaited.map(async (object) => {
        await waitForObject({ cluster, signal: hope }, object)
        waiting.delete(nameOf(object))
        progress([...waiting].slice(0, 3).join(', '))
      }),
    )
  })
  const jobs = awaited.filter(isJob).length
  return `${awaited.length - jobs} parts, ${jobs} jobs`
}

const waitForObject = async (work: Work, object: KubernetesObject): Promise<void> => {
  const { cluster, signal } = work
  if (isJob(object)) return untilEnded(work, object)
  const condition = CONDITIONS[object.kind]
  const command = condition === undefined ? ['rollout', 'status'] : ['wait', `--for=${condition}`]
  await cluster.kubectl([...command, ...placeOf(object), TIMEOUT], { signal })
}

const condition = z.looseObject({ type: z.string(), status: z.string() })
const job = z.looseObject({
  status: z.looseObject({
    conditions: z.array(condition).default([]),
    active: z.int().default(0),
    failed: z.int().default(0),
  }),
})

/** What is said of a Job that is there; undefined once it was removed, as Jobs of ours are a while after they have ended. */
const stateOf = async ({ cluster, signal }: Work, object: KubernetesObject) => {
  const args = ['get', ...placeOf(object), '--ignore-not-found', '--output', 'json']
  const text = await cluster.kubectl(args, { signal })
  if (text.trim() === '') return undefined
  const { status } = job.parse(JSON.parse(text))
  const has = (type: string) => status.conditions.some((each) => each.type === type && each.status === 'True')
  return { isComplete: has('Complete'), hasFailed: has('Failed'), ...status }
}

/** Whether a Job is there and has done its work. */
export const hasCompleted = async (work: Work, object: KubernetesObject): Promise<boolean> =>
  (await stateOf(work, object))?.isComplete === true

const untilEnded = (work: Work, object: KubernetesObject): Promise<void> => {
  const { signal } = work
  const ask = async () => {
    const state = await stateOf(work, object)
    if (state === undefined) return
    if (state.hasFailed) throw new PlatformError(`${nameOf(object)} has failed.`)
    if (!state.isComplete) throw new Error(`${state.active} of its pods run, ${state.failed} have failed`)
  }
  const options = { withinMs: READY_WITHIN_SECONDS * 1_000, everyMs: 1_000, ...(signal && { signal }) }
  return waitUntilReady(nameOf(object), ask, options)
}
