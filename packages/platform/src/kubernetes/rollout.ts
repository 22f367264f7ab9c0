/*
 * Brings what infra/ describes into a cluster: namespaces → bootstrap Secrets → all other manifests → each of them ready →
 * the services' releases, which migrate their databases themselves. The cluster has its add-ons already, the definitions of
 * custom resources among them. Every step may be repeated; one that fails says which objects are not well and what they
 * said last.
 */
import { z } from 'zod'
import { messageOf, PlatformError } from '../failure.ts'
import { waitUntilReady } from '../probe.ts'
import { type Report, runTask } from '../tasks.ts'
import type { Cluster } from './cluster.ts'
import { type KubernetesObject, nameOf, parseObjects, toYaml } from './objects.ts'
import { APP_NAMESPACE, chartIn, SERVICES, type ServiceName, valuesFilesOf } from './releases.ts'
import { troubleIn } from './trouble.ts'

export type Rollout = {
  readonly root: string
  readonly cluster: Cluster
  /** Whose values and images the releases take: `local` or `prod`. */
  readonly environment: string
  /** The kustomization to apply; the environment's own overlay unless it is a thin one over it. */
  readonly overlay: string
  /** Values files of a thin overlay's own, which win over the environment's. */
  readonly moreValues?: readonly string[]
  readonly bootstrapSecrets: () => Promise<string>
  readonly report: Report
  readonly signal?: AbortSignal
}

const READY_WITHIN_SECONDS = 600

/** Applies everything and returns once all of it is ready. */
export const rollOut = async (rollout: Rollout): Promise<void> => {
  const { cluster, overlay, report } = rollout
  const objects = parseObjects(await cluster.kubectl(['kustomize', overlay]))
  const namespaces = objects.filter(({ kind }) => kind === 'Namespace')
  const others = objects.filter((object) => !namespaces.includes(object))
  const names = namespaces.map(({ metadata }) => metadata.name)
  const step = (title: string, work: () => Promise<string>) =>
    runTask(report, title, () => work().catch((error: unknown) => explain(rollout, names, title, error)))

  await step('namespaces', () => apply(rollout, namespaces))
  await step('bootstrap Secrets', rollout.bootstrapSecrets)
  await step('manifests', () => applyManifests(rollout, others))
  await step('parts ready', () => waitForAll(rollout, others))
  await step('services', async () => {
    await Promise.all(SERVICES.map((service) => release(rollout, service)))
    return SERVICES.join(', ')
  })
}

const apply = async ({ cluster, signal }: Rollout, objects: readonly KubernetesObject[]): Promise<string> => {
  // By the server: what the autoscaler or an operator sets stays theirs.
  const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=neotool', '-f', '-']
  await cluster.kubectl(args, { input: toYaml(objects), signal })
  return `${objects.length} objects`
}

const applyManifests = async (rollout: Rollout, objects: readonly KubernetesObject[]): Promise<string> => {
  // A Job runs once and cannot be changed. Ours may be repeated, and a release may bring new topics: each rollout runs them.
  for (const job of objects.filter(({ kind }) => kind === 'Job')) {
    await rollout.cluster.kubectl(['delete', ...place(job), '--ignore-not-found', '--wait'], { signal: rollout.signal })
  }
  return apply(rollout, objects)
}

const place = ({ kind, metadata: { name, namespace } }: KubernetesObject): string[] => [
  `${kind.toLowerCase()}/${name}`,
  ...(namespace === undefined ? [] : ['-n', namespace]),
]

const ROLLED_OUT = ['Deployment', 'StatefulSet', 'DaemonSet']

const waitForAll = async ({ cluster, signal }: Rollout, objects: readonly KubernetesObject[]): Promise<string> => {
  const timeout = `--timeout=${READY_WITHIN_SECONDS}s`
  const rolledOut = objects.filter(({ kind }) => ROLLED_OUT.includes(kind))
  const jobs = objects.filter(({ kind }) => kind === 'Job')
  await Promise.all([
    ...rolledOut.map((each) => cluster.kubectl(['rollout', 'status', ...place(each), timeout], { signal })),
    ...jobs.map((each) => untilEnded(cluster, each, signal)),
  ])
  return `${rolledOut.length} parts, ${jobs.length} jobs`
}

const condition = z.looseObject({ type: z.string(), status: z.string() })
const job = z.looseObject({
  status: z.looseObject({
    conditions: z.array(condition).default([]),
    active: z.int().default(0),
    failed: z.int().default(0),
  }),
})

const untilEnded = ({ kubectl }: Cluster, object: KubernetesObject, signal?: AbortSignal): Promise<void> => {
  const ask = async () => {
    const { status } = job.parse(JSON.parse(await kubectl(['get', ...place(object), '-o', 'json'], { signal })))
    const has = (type: string) => status.conditions.some((each) => each.type === type && each.status === 'True')
    if (has('Failed')) throw new PlatformError(`${nameOf(object)} has failed.`)
    if (!has('Complete')) throw new Error(`${status.active} of its pods run, ${status.failed} have failed`)
  }
  const options = { withinMs: READY_WITHIN_SECONDS * 1_000, everyMs: 1_000, ...(signal && { signal }) }
  return waitUntilReady(nameOf(object), ask, options)
}

/** Installs or upgrades one service's release; returns when its pods are ready. */
export const release = async (
  rollout: Pick<Rollout, 'root' | 'cluster' | 'environment' | 'moreValues' | 'signal'>,
  service: ServiceName,
  settings: readonly string[] = [],
): Promise<void> => {
  const { root, cluster, environment, moreValues = [], signal } = rollout
  const files = [...valuesFilesOf(root, environment, service), ...moreValues]
  const sets = settings.flatMap((setting) => ['--set', setting])
  const how = ['--wait', `--timeout=${READY_WITHIN_SECONDS}s`, '--namespace', APP_NAMESPACE]
  const values = files.flatMap((file) => ['--values', file])
  await cluster.helm(['upgrade', '--install', service, chartIn(root), ...how, ...values, ...sets], { signal })
}

const explain = async (
  { cluster, signal }: Rollout,
  namespaces: readonly string[],
  step: string,
  error: unknown,
): Promise<never> => {
  signal?.throwIfAborted()
  const trouble = await troubleIn(cluster, namespaces, signal).catch((cause: unknown) => [messageOf(cause)])
  const own = error instanceof PlatformError ? error.logLines : []
  throw new PlatformError(`The rollout stopped at "${step}": ${messageOf(error)}`, {
    logLines: [...own, ...trouble],
    advice: 'Mend what is named above and run it again: every step may be repeated.',
    cause: error,
  })
}
