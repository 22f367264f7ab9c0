/*
 * Brings what infra/ describes into a cluster: custom resource definitions → namespaces → bootstrap Secrets → all other
 * manifests → each of them ready → the services' releases, which migrate their databases themselves. Every step may be
 * repeated; one that fails says which objects are not well and what they said last.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { messageOf, PlatformError } from '../failure.ts'
import { waitUntilReady } from '../probe.ts'
import { type Report, runTask } from '../tasks.ts'
import type { Cluster } from './cluster.ts'
import { type KubernetesObject, nameOf, parseObjects, toYaml } from './objects.ts'
import { troubleIn } from './trouble.ts'

export const SERVICES = ['security', 'app', 'assets', 'assistant'] as const

export type ServiceName = (typeof SERVICES)[number]

const APP_NAMESPACE = 'neotool-app'

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
  const of = (kind: string) => objects.filter((object) => object.kind === kind)
  const definitions = of('CustomResourceDefinition')
  const namespaces = of('Namespace')
  const others = objects.filter((object) => !definitions.includes(object) && !namespaces.includes(object))
  const names = namespaces.map(({ metadata }) => metadata.name)
  const step = (title: string, work: () => Promise<string>) =>
    runTask(report, title, () => work().catch((error: unknown) => explain(rollout, names, title, error)))

  await step('custom resource definitions', () => applyDefinitions(rollout, definitions))
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
  if (objects.length === 0) return 'none'
  // By the server: what the HPA or an operator has set since stays theirs, and definitions are too large for the other way.
  const args = ['apply', '--server-side', '--force-conflicts', '--field-manager=neotool', '-f', '-']
  await cluster.kubectl(args, { input: toYaml(objects), signal })
  return `${objects.length} objects`
}

const applyDefinitions = async (rollout: Rollout, definitions: readonly KubernetesObject[]): Promise<string> => {
  const done = await apply(rollout, definitions)
  const names = definitions.map(({ metadata }) => `crd/${metadata.name}`)
  const { cluster, signal } = rollout
  if (names.length > 0)
    await cluster.kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...names], { signal })
  return done
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

const valuesOf = (
  { root, environment, moreValues = [] }: Pick<Rollout, 'root' | 'environment' | 'moreValues'>,
  service: ServiceName,
): string[] => {
  const values = (name: string) => join(root, 'infra/helm/values', name)
  const files = [
    values(`${environment}.yaml`),
    values(`${service}.yaml`),
    values(`${service}.${environment}.yaml`),
    join(root, 'infra/kubernetes/overlays', environment, 'images/kustomization.yaml'),
    ...moreValues,
  ]
  return files.filter(existsSync).flatMap((file) => ['--values', file])
}

/** Installs or upgrades one service's release; returns when its pods are ready. */
export const release = async (
  rollout: Pick<Rollout, 'root' | 'cluster' | 'environment' | 'moreValues' | 'signal'>,
  service: ServiceName,
  settings: readonly string[] = [],
): Promise<void> => {
  const chart = join(rollout.root, 'infra/helm/neotool-service')
  const sets = settings.flatMap((setting) => ['--set', setting])
  const how = ['--wait', `--timeout=${READY_WITHIN_SECONDS}s`, '--namespace', APP_NAMESPACE]
  await rollout.cluster.helm(['upgrade', '--install', service, chart, ...how, ...valuesOf(rollout, service), ...sets], {
    signal: rollout.signal,
  })
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
