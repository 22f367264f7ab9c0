/*
 * How many pods of a part there are at the least. Where an autoscaler has the number, only its minimum can be set: what
 * `kubectl scale` sets, it takes back within minutes. The next deployment that finds it changed sets it as the files say.
 */
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import { waitUntilReady } from '../../probe.ts'
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, parseObjects } from '../objects.ts'
import { APP_NAMESPACE, SERVICES } from '../releases.ts'
import { releaseOf } from './helm.ts'
import { whileThereIsHope } from './hope.ts'
import { deploymentRecords } from './records.ts'

/** What can be scaled: everything whose pods are all alike. */
export const SCALABLE = [...SERVICES, 'gateway', 'web'] as const

export type Scalable = (typeof SCALABLE)[number]

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

export type Scaled = {
  readonly ready: number
  /** The autoscaler's range from now on; undefined where there is none. */
  readonly range: { readonly min: number; readonly max: number } | undefined
}

const autoscaler = z.looseObject({ spec: z.looseObject({ minReplicas: z.int().default(1), maxReplicas: z.int() }) })

const placeFor = (part: Scalable) => (SERVICES.some((service) => service === part) ? APP_NAMESPACE : 'neotool-web')

/** Sets the least number of pods and returns when so many are ready. */
export const scale = async (work: Work, part: Scalable, count: number): Promise<Scaled> => {
  const { cluster, signal } = work
  const inNamespace = ['--namespace', placeFor(part)]
  const hpa = ['get', `hpa/${part}`, ...inNamespace, '--ignore-not-found', '--output', 'json']
  const present = await cluster.kubectl(hpa, { signal })
  if (present.trim() === '') {
    assertWithin(part, count, { min: 1, max: Number.POSITIVE_INFINITY })
    await cluster.kubectl(['scale', `deployment/${part}`, ...inNamespace, `--replicas=${count}`], { signal })
    return { ready: await untilReady(work, part, count), range: undefined }
  }
  const { maxReplicas: max } = autoscaler.parse(JSON.parse(present)).spec
  const declared = (await declaredMinimum(work, part)) ?? 1
  assertWithin(part, count, { min: declared, max })
  const patch = JSON.stringify({ spec: { minReplicas: count } })
  await cluster.kubectl(['patch', `hpa/${part}`, ...inNamespace, '--patch', patch], { signal })
  return { ready: await untilReady(work, part, count), range: { min: count, max } }
}

const assertWithin = (part: Scalable, count: number, { min, max }: { min: number; max: number }): void => {
  if (count >= min && count <= max) return
  const range = Number.isFinite(max) ? `${min} to ${max}` : `${min} or more`
  throw new PlatformError(`${part} can have ${range} pods, and not ${count}.`, {
    reason: 'usage',
    advice: "The range is the environment's: change it in its file of infra/environments, and deploy.",
  })
}

/** As the environment has it: what somebody has scaled to is no bound. */
const declaredMinimum = async (work: Work, part: Scalable): Promise<number | undefined> => {
  const service = SERVICES.find((each) => each === part)
  const objects: readonly KubernetesObject[] =
    service === undefined
      ? ((await deploymentRecords(work))[0]?.objects ?? [])
      : parseObjects((await releaseOf(work, service))?.manifest ?? '')
  const found = objects.find(({ kind, metadata }) => kind === 'HorizontalPodAutoscaler' && metadata.name === part)
  return found === undefined ? undefined : autoscaler.parse(found).spec.minReplicas
}

const READY_WITHIN_MS = 600_000
const deployment = z.looseObject({ status: z.looseObject({ readyReplicas: z.int().default(0) }) })

const untilReady = async (work: Work, part: Scalable, count: number): Promise<number> => {
  const namespace = placeFor(part)
  let ready = 0
  const watch = { ...work, namespaces: [namespace], selector: `app.kubernetes.io/name=${part}` }
  await whileThereIsHope(watch, async (signal) => {
    const get = ['get', `deployment/${part}`, '--namespace', namespace, '--output', 'json']
    const ask = async () => {
      ready = deployment.parse(JSON.parse(await work.cluster.kubectl(get, { signal }))).status.readyReplicas
      if (ready < count) throw new Error(`${ready} of ${count} ready`)
    }
    await waitUntilReady(part, ask, { withinMs: READY_WITHIN_MS, everyMs: 1_000, signal })
  })
  return ready
}
