/** Takes an environment away: what is ours in its cluster, and its machines where Terraform has made them. */
import { z } from 'zod'
import { type Report, runTask } from '../../tasks.ts'
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import { APP_NAMESPACE } from '../releases.ts'
import type { ClusterAccess } from './access.ts'
import { releasesOf } from './helm.ts'
import { placeOf } from './kubectl.ts'
import { isNamespace, namespacesOf, renderOverlay } from './manifests.ts'
import { assertClusterOf } from './records.ts'
import type { DeploymentTarget } from './target.ts'

type Destruction = {
  readonly target: DeploymentTarget
  readonly access: ClusterAccess
  readonly signal?: AbortSignal | undefined
}

export type Losses = {
  /** One line each, in the words of whoever has to decide. */
  readonly lines: readonly string[]
  readonly isClusterThere: boolean
}

const claims = z.object({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
      spec: z.looseObject({ resources: z.looseObject({ requests: z.looseObject({ storage: z.string() }) }) }),
    }),
  ),
})

/** What would be gone; nothing is changed. */
export const lossesOf = async ({ target, access, signal }: Destruction): Promise<Losses> => {
  const cluster = await access.clusterIfThere()
  if (cluster !== undefined) await assertClusterOf({ cluster, signal }, target.name)
  const machines = access.terraform === undefined ? [] : await access.terraform.plan({ isDestroy: true })
  const addresses = machines.map(({ address }) => `Terraform deletes ${address}`)
  if (cluster === undefined) {
    const orphans = 'The cluster does not answer: volumes that it had made at the provider stay, and cost.'
    return { lines: [orphans, ...addresses], isClusterThere: false }
  }
  const namespaces = namespacesOf(await renderOverlay({ cluster, signal }, target.overlay))
  const json = await cluster.kubectl(['get', 'pvc', '--all-namespaces', '--output', 'json'], { signal })
  const volumes = claims
    .parse(JSON.parse(json))
    .items.filter(({ metadata }) => namespaces.includes(metadata.namespace))
    .map(({ metadata, spec }) => `Volume ${metadata.namespace}/${metadata.name}, ${spec.resources.requests.storage}`)
  const lines = [
    ...volumes,
    ...(volumes.some((line) => line.includes('neotool-storage/')) ? ['Buckets: all files that were uploaded'] : []),
    'Keys: those that sign tokens, and those without which the personal data in a backup cannot be read',
    `Namespaces with all that is in them: ${namespaces.join(', ')}`,
    ...addresses,
  ]
  return { lines, isClusterThere: true }
}

/** Does it. What was removed by an attempt before is no hindrance. */
export const destroy = async (destruction: Destruction, { isClusterThere }: Losses, report: Report): Promise<void> => {
  const { access, target, signal } = destruction
  const { terraform } = access
  const tasks = [
    ...(isClusterThere ? ['releases', 'namespaces', 'other objects'] : []),
    ...(terraform ? ['terraform'] : []),
  ]
  report({ kind: 'planned', tasks })
  if (isClusterThere) await empty(await access.cluster(), target, report, signal)
  if (terraform === undefined) return
  // After it: volumes and load balancers that the cluster had made at the provider are not Terraform's to know of.
  await runTask(report, 'terraform', async (progress) => {
    await terraform.apply(progress)
    return 'its resources are deleted'
  })
}

const empty = async (
  cluster: Cluster,
  target: DeploymentTarget,
  report: Report,
  signal?: AbortSignal,
): Promise<void> => {
  const objects = await renderOverlay({ cluster, signal }, target.overlay)
  const namespaces = objects.filter(isNamespace)
  await runTask(report, 'releases', async () => {
    const releases = [...(await releasesOf({ cluster, signal })).keys()]
    if (releases.length === 0) return 'none'
    await cluster.helm(['uninstall', ...releases, '--namespace', APP_NAMESPACE, '--ignore-not-found'], { signal })
    return releases.join(', ')
  })
  await runTask(report, 'namespaces', async () => {
    await removeAll(cluster, namespaces, signal)
    return namespacesOf(objects).join(', ')
  })
  await runTask(report, 'other objects', async () => {
    const names = namespacesOf(objects)
    const outside = objects.filter(
      (object) => !isNamespace(object) && !names.includes(object.metadata.namespace ?? '') && isOurs(object),
    )
    for (const object of outside) await removeAll(cluster, [object], signal)
    return outside.map(nameOf).join(', ')
  })
}

const isOurs = ({ metadata }: KubernetesObject): boolean =>
  z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }).parse(metadata).labels[
    'app.kubernetes.io/part-of'
  ] === 'neotool'

const removeAll = async (
  cluster: Cluster,
  objects: readonly KubernetesObject[],
  signal?: AbortSignal,
): Promise<void> => {
  const places = objects.map((object) => placeOf(object))
  // Namespaces together: each takes a while, and none waits for another one.
  await Promise.all(
    places.map((place) =>
      cluster.kubectl(['delete', ...place, '--ignore-not-found', '--wait', '--timeout=600s'], { signal }),
    ),
  )
}
