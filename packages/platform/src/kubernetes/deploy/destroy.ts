/** Takes an environment away: what is ours in its cluster, and its machines where Terraform has made them. */
import { z } from 'zod'
import { PlatformError, platformErrorOf } from '../../failure.ts'
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
import type { Terraform, TerraformChange } from './terraform.ts'
import { giveVolumesUp, untilVolumesAreGone, volumesOf } from './volumes.ts'

type Destruction = {
  readonly target: DeploymentTarget
  readonly access: ClusterAccess
  readonly signal?: AbortSignal | undefined
  /** For how long the deletion of the volumes is waited for. */
  readonly volumesWithinMs?: number
}

export type Losses = {
  /** One line each, in the words of whoever has to decide. */
  readonly lines: readonly string[]
  readonly isClusterThere: boolean
  /** What Terraform deletes. */
  readonly machines: readonly TerraformChange[]
  /** What it would delete too, and shall not. */
  readonly buckets: readonly TerraformChange[]
}

const VOLUMES_WITHIN_MS = 600_000

// The provider deletes none in which something is, and nobody deletes a person's files in passing.
const isBucket = ({ address }: TerraformChange): boolean => /(^|\.)cloudflare_r2_bucket\.\w+(\[.*\])?$/.test(address)

const namesOf = (resources: readonly TerraformChange[]): string =>
  resources.map(({ address, name }) => name ?? address).join(', ')

const claims = z.object({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string(), namespace: z.string() }),
      spec: z.looseObject({
        volumeName: z.string().optional(),
        resources: z.looseObject({ requests: z.looseObject({ storage: z.string() }) }),
      }),
    }),
  ),
})

/** What would be gone; nothing is changed. */
export const lossesOf = async ({ target, access, signal }: Destruction): Promise<Losses> => {
  const cluster = await access.clusterIfThere()
  if (cluster !== undefined) await assertClusterOf({ cluster, signal }, target.name)
  const resources = access.terraform === undefined ? [] : await access.terraform.plan({ isDestroy: true })
  const [buckets, machines] = [resources.filter(isBucket), resources.filter((each) => !isBucket(each))]
  const byTerraform = [
    ...machines.map(({ address }) => `Terraform deletes ${address}`),
    ...(buckets.length === 0 ? [] : [`Not lost: buckets ${namesOf(buckets)} stay; delete them by hand`]),
  ]
  if (cluster === undefined) {
    const orphans = 'The cluster does not answer: volumes that it had made at the provider stay, and cost.'
    return { lines: [orphans, ...byTerraform], isClusterThere: false, machines, buckets }
  }
  const namespaces = namespacesOf(await renderOverlay({ cluster, signal }, target.overlay))
  const json = await cluster.kubectl(['get', 'pvc', '--all-namespaces', '--output', 'json'], { signal })
  const claimed = claims
    .parse(JSON.parse(json))
    .items.filter(({ metadata }) => namespaces.includes(metadata.namespace))
    .map(({ metadata, spec }) => ({
      claim: `${metadata.namespace}/${metadata.name}`,
      size: spec.resources.requests.storage,
      volume: spec.volumeName,
    }))
  const isClaimed = (claim: string) => claimed.some((each) => each.claim === claim)
  const present = await volumesOf({ cluster, signal }, namespaces)
  const inBucket = present.filter(({ staysInBucket }) => staysInBucket)
  const volumes = [
    ...claimed
      // By its volume: a claim that is gone may have had the same name.
      .filter(({ volume }) => !inBucket.some(({ name }) => name === volume))
      .map(({ claim, size }) => `Volume ${claim}, ${size}`),
    ...present
      .filter(({ claim, staysInBucket }) => !staysInBucket && !isClaimed(claim))
      .map(({ claim, name, size }) => `Volume ${claim}, ${size}: ${name}, whose claim is gone already`),
  ]
  const lines = [
    ...volumes,
    ...(volumes.some((line) => line.includes('neotool-storage/')) ? ['Buckets: all files that were uploaded'] : []),
    'Keys: those that sign tokens, and those without which the personal data in a backup cannot be read',
    `Namespaces with all that is in them: ${namespaces.join(', ')}`,
    ...byTerraform,
    ...inBucket.map(
      ({ claim, place }) => `Not lost: files of claim ${claim} stay in the bucket, at ${place}; delete them by hand`,
    ),
  ]
  return { lines, isClusterThere: true, machines, buckets }
}

/** Does it. What was removed by an attempt before is no hindrance. */
export const destroy = async (destruction: Destruction, losses: Losses, report: Report): Promise<void> => {
  const { access, target, signal } = destruction
  const { terraform } = access
  const { terraform: directory = '' } = target
  const tasks = [
    ...(losses.isClusterThere ? ['releases', 'namespaces', 'volumes', 'other objects'] : []),
    ...(terraform ? ['terraform'] : []),
  ]
  report({ kind: 'planned', tasks })
  if (losses.isClusterThere) await empty(await access.cluster(), destruction, report)
  if (terraform === undefined) return
  // After it: volumes and load balancers that the cluster had made at the provider are not Terraform's to know of.
  await runTask(report, 'terraform', async (progress) => {
    if (losses.buckets.length > 0) await keepBuckets(terraform, losses, directory)
    await terraform.apply(progress).catch((error: unknown) => {
      signal?.throwIfAborted()
      throw losses.buckets.length === 0 ? error : destroyedInPart(error, losses.buckets, directory)
    })
    const stay = losses.buckets.length === 0 ? '' : `; buckets ${namesOf(losses.buckets)} stay`
    return `its resources are deleted${stay}`
  })
}

/** Has the plan be the one that was shown: all but the buckets. */
const keepBuckets = async (terraform: Terraform, { machines, buckets }: Losses, directory: string): Promise<void> => {
  const beyond = async (shown: readonly TerraformChange[]) => {
    const known = new Set(shown.map(({ address }) => address))
    return (await terraform.plan({ isDestroy: true })).filter(({ address }) => !known.has(address))
  }
  // Before it: what the state has forgotten comes back by hand alone.
  const more = await beyond([...machines, ...buckets])
  if (more.length > 0) {
    throw new PlatformError(`${tooMuch(more)} It has changed nothing.`, {
      advice: 'Somebody else works on it. Run this again and look at the list.',
    })
  }
  await terraform.forget(buckets.map(({ address }) => address))
  const late = await beyond(machines)
  if (late.length === 0) return
  throw new PlatformError(
    `${tooMuch(late)} It has deleted nothing, but its state has forgotten the buckets ${namesOf(buckets)}.`,
    {
      logLines: importsOf(buckets, directory),
      advice: `Somebody else works on it. Run this again and look at the list. ${BACK_INTO_THE_STATE}`,
    },
  )
}

/** What gives the state its buckets back. The provider calls one: account, name, jurisdiction; ours have none of their own. */
const importsOf = (buckets: readonly TerraformChange[], directory: string): readonly string[] =>
  buckets.map(
    ({ address, name = 'NAME' }) => `terraform -chdir=${directory} import '${address}' ACCOUNT/${name}/default`,
  )

const BACK_INTO_THE_STATE =
  'Where the environment shall stay, give the state its buckets back by the import commands above first. ACCOUNT is the id of ' +
  'the account at Cloudflare.'

const destroyedInPart = (error: unknown, buckets: readonly TerraformChange[], directory: string): PlatformError => {
  const { message, reason, logLines, advice } = platformErrorOf(error)
  return new PlatformError(`${message} The state has forgotten the buckets ${namesOf(buckets)} by now, which stay.`, {
    reason,
    logLines: [...logLines, ...importsOf(buckets, directory)],
    advice: `${advice ?? 'Mend the cause.'} Run this again: it goes on where it was. ${BACK_INTO_THE_STATE}`,
    cause: error,
  })
}

const tooMuch = (more: readonly TerraformChange[]): string =>
  `Terraform would by now delete more than was shown: ${namesOf(more)}.`

const empty = async (cluster: Cluster, destruction: Destruction, report: Report): Promise<void> => {
  const { target, signal, volumesWithinMs = VOLUMES_WITHIN_MS } = destruction
  const objects = await renderOverlay({ cluster, signal }, target.overlay)
  const namespaces = objects.filter(isNamespace)
  await runTask(report, 'releases', async () => {
    const releases = [...(await releasesOf({ cluster, signal })).keys()]
    if (releases.length === 0) return 'none'
    await cluster.helm(['uninstall', ...releases, '--namespace', APP_NAMESPACE, '--ignore-not-found'], { signal })
    return releases.join(', ')
  })
  const names = namespacesOf(objects)
  await runTask(report, 'namespaces', async () => {
    // Before it: a namespace takes its claims along.
    await giveVolumesUp({ cluster, signal }, names)
    await removeAll(cluster, namespaces, signal)
    return names.join(', ')
  })
  await runTask(report, 'volumes', async () => {
    await untilVolumesAreGone({ cluster, signal }, names, volumesWithinMs)
    return 'none is left'
  })
  await runTask(report, 'other objects', async () => {
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
