/*
 * What was deployed into a cluster, kept there: the manifests as they were rendered, and the revisions of the releases. A
 * rollback needs both, whatever has become of the checkout. One Secret for each deployment, as Helm has them, and the last
 * few of them, with the newest one that was well.
 */
import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, parseObjects, toYaml } from '../objects.ts'
import { APP_NAMESPACE } from '../releases.ts'
import type { Release } from './helm.ts'
import { APPLY } from './kubectl.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

const about = z.object({
  revision: z.int(),
  environment: z.string(),
  at: z.string(),
  /** `begun` until all was well once. */
  state: z.enum(['begun', 'ready']),
  /** Whether all its manifests stand for was ready once, with its Jobs: without that, nothing that comes later makes it ready. */
  hasParts: z.boolean().default(false),
  /** Of the manifests: two deployments of one digest have applied the same. */
  digest: z.string(),
  /** Whose manifests these are again, after a rollback. */
  rolledBackTo: z.int().optional(),
  releases: z.record(z.string(), z.object({ revision: z.int(), digest: z.string() })),
})

export type DeploymentRecord = z.infer<typeof about> & { readonly objects: readonly KubernetesObject[] }

const KEPT = 5
const LABELS = { 'app.kubernetes.io/part-of': 'neotool', 'app.kubernetes.io/component': 'deployment-record' } as const
const SELECTOR = Object.entries(LABELS)
  .map((pair) => pair.join('='))
  .join(',')
const IN_NAMESPACE = ['--namespace', APP_NAMESPACE] as const

const nameFor = (revision: number) => `neotool-deployment-${revision}`

export const digestOf = (objects: readonly KubernetesObject[]): string =>
  createHash('sha256').update(toYaml(objects)).digest('hex')

const secrets = z.object({
  items: z.array(z.looseObject({ data: z.object({ about: z.string(), objects: z.string() }) })),
})

/** All that are kept, the newest first. */
export const deploymentRecords = async ({ cluster, signal }: Work): Promise<DeploymentRecord[]> => {
  const args = ['get', 'secrets', ...IN_NAMESPACE, '--selector', SELECTOR, '--output', 'json']
  const { items } = secrets.parse(JSON.parse(await cluster.kubectl(args, { signal })))
  return items
    .map(({ data }) => ({
      ...about.parse(JSON.parse(Buffer.from(data.about, 'base64').toString())),
      objects: parseObjects(gunzipSync(Buffer.from(data.objects, 'base64')).toString()),
    }))
    .sort((one, other) => other.revision - one.revision)
}

/** Fails where the newest deployment of the cluster was one of another environment; one without records may be anybody's. */
export const assertClusterOf = async (work: Work, environment: string): Promise<void> => {
  const [latest] = await deploymentRecords(work)
  if (latest === undefined || latest.environment === environment) return
  throw new PlatformError(
    `This is the cluster of ${latest.environment}, and not of ${environment}. Nothing was done.`,
    {
      reason: 'usage',
      advice:
        `Name the cluster of ${environment}: --kubeconfig FILE. Where ${latest.environment} is only its old name, have the cluster ` +
        `forget its deployments: kubectl delete secret -n ${APP_NAMESPACE} -l ${SELECTOR}`,
    },
  )
}

/** Keeps a record, in place of that of its revision where there is one, and forgets the oldest, but for the last well one. */
export const keepRecord = async (work: Work, { objects, ...rest }: DeploymentRecord): Promise<void> => {
  const { cluster, signal } = work
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: nameFor(rest.revision), namespace: APP_NAMESPACE, labels: LABELS },
    type: 'neotool/deployment',
    data: {
      about: Buffer.from(JSON.stringify(rest)).toString('base64'),
      objects: gzipSync(toYaml(objects)).toString('base64'),
    },
  }
  await cluster.kubectl([...APPLY, '--filename', '-'], { input: JSON.stringify(secret), signal })
  const kept = await deploymentRecords(work)
  // However many have failed since, there has to be one to go back to.
  const well = kept.find(({ state }) => state === 'ready')
  const old = kept.slice(KEPT).filter((each) => each !== well)
  if (old.length === 0) return
  const names = old.map(({ revision }) => `secret/${nameFor(revision)}`)
  await cluster.kubectl(['delete', ...names, ...IN_NAMESPACE, '--ignore-not-found'], { signal })
}

/** Notes that a deployment of these manifests begins; one that is repeated stays the same deployment. */
export const beginRecord = async (
  work: Work,
  { environment, objects }: Pick<DeploymentRecord, 'environment' | 'objects'>,
): Promise<void> => {
  const [latest] = await deploymentRecords(work)
  const digest = digestOf(objects)
  if (latest?.digest === digest) return
  const revision = (latest?.revision ?? 0) + 1
  const at = new Date().toISOString()
  await keepRecord(work, { revision, environment, at, state: 'begun', hasParts: false, digest, releases: {}, objects })
}

const digestsIn = (releases: DeploymentRecord['releases']): string =>
  JSON.stringify(
    Object.entries(releases)
      .map(([name, { digest }]) => [name, digest])
      .sort(),
  )

/** Whether two deployments have brought the same. */
export const isSameDeployment = (one: DeploymentRecord, other: DeploymentRecord): boolean =>
  one.digest === other.digest && digestsIn(one.releases) === digestsIn(other.releases)

/** Notes that the parts of these manifests are ready, where they are those of the newest deployment. */
export const noteParts = async (work: Work, objects: readonly KubernetesObject[]): Promise<void> => {
  const [latest] = await deploymentRecords(work)
  if (latest === undefined || latest.hasParts || latest.digest !== digestOf(objects)) return
  await keepRecord(work, { ...latest, hasParts: true })
}

/** The revisions of releases, as a record has them. */
export const revisionsOf = (releases: Iterable<Release>): DeploymentRecord['releases'] =>
  Object.fromEntries([...releases].map(({ service, revision, digest }) => [service, { revision, digest }]))

/** Notes the releases that belong to the newest deployment. Whether all of it is well is not said by that. */
export const noteReleases = async (work: Work, releases: Iterable<Release>): Promise<void> => {
  const [latest] = await deploymentRecords(work)
  // Somebody has applied the manifests by hand and comes in with --from: there is nothing to go back to.
  if (latest === undefined) return
  const noted: DeploymentRecord = { ...latest, releases: revisionsOf(releases) }
  if (isDeepStrictEqual(latest.releases, noted.releases)) return
  if (latest.state === 'begun' || isSameDeployment(latest, noted)) return keepRecord(work, noted)
  // The same manifests with other releases: one more deployment, so that the way back leads to those of before.
  const at = new Date().toISOString()
  await keepRecord(work, { ...noted, revision: latest.revision + 1, at, state: 'begun', hasParts: true })
}

/** Notes that the newest deployment was well, so that a rollback may lead to it. */
export const completeRecord = async (work: Work): Promise<void> => {
  const [latest] = await deploymentRecords(work)
  if (latest?.state !== 'begun' || !latest.hasParts) return
  await keepRecord(work, { ...latest, state: 'ready' })
}
