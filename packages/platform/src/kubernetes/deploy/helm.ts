/*
 * The releases of the services. A release whose manifests would be the same, and whose objects are as they say, is left alone:
 * Helm would write a new revision though nothing is new, and older ones to go back to would be lost.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, parseObjects } from '../objects.ts'
import { APP_NAMESPACE, chartIn, SERVICES, type ServiceName } from '../releases.ts'
import { changesBetween, changesOf, type ObjectChange } from './changes.ts'
import { whileThereIsHope } from './hope.ts'
import type { DeploymentTarget } from './target.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

const READY_WITHIN_SECONDS = 600
const IN_NAMESPACE = ['--namespace', APP_NAMESPACE] as const

const release = z.looseObject({
  name: z.string(),
  version: z.int(),
  info: z.looseObject({ status: z.string(), last_deployed: z.string() }),
  manifest: z.string(),
  hooks: z.array(z.looseObject({ path: z.string(), manifest: z.string() })).default([]),
})

export type Release = {
  readonly service: ServiceName
  readonly revision: number
  /** deployed, failed, pending-upgrade … */
  readonly status: string
  readonly changedAt: string
  readonly manifest: string
  /** Of all that it brings: two releases of one digest are the same. */
  readonly digest: string
}

const toRelease = (service: ServiceName, json: string): Release => {
  const { version, info, manifest, hooks } = release.parse(JSON.parse(json))
  const texts = [manifest, ...hooks.map(({ path, manifest: hook }) => `${path}\n${hook}`).sort()]
  const digest = createHash('sha256').update(texts.join('\n---\n')).digest('hex')
  return { service, revision: version, status: info.status, changedAt: info.last_deployed, manifest, digest }
}

/** The newest revision of a service's release; undefined where it was never installed. */
export const releaseOf = async ({ cluster, signal }: Work, service: ServiceName): Promise<Release | undefined> => {
  const found = await cluster.helm(['list', '--all', '--short', ...IN_NAMESPACE, '--filter', `^${service}$`], {
    signal,
  })
  if (found.trim() === '') return undefined
  return toRelease(service, await cluster.helm(['status', service, ...IN_NAMESPACE, '--output', 'json'], { signal }))
}

export const releasesOf = async (work: Work): Promise<ReadonlyMap<ServiceName, Release>> => {
  const found = await Promise.all(SERVICES.map((service) => releaseOf(work, service)))
  return new Map(found.flatMap((each) => (each === undefined ? [] : [[each.service, each]])))
}

type Upgrade = Work & {
  readonly target: DeploymentTarget
  readonly service: ServiceName
  /** NAME=VALUE, which wins over the values files. */
  readonly settings?: readonly string[] | undefined
}

const upgradeArgs = ({ target, service, settings = [] }: Upgrade): string[] => {
  const values = target.valuesFilesOf(service).flatMap((file) => ['--values', file])
  const sets = settings.flatMap((setting) => ['--set', setting])
  return ['upgrade', '--install', service, chartIn(target.root), ...IN_NAMESPACE, ...values, ...sets]
}

export type ReleaseChange = {
  readonly state: 'new' | 'changed' | 'unchanged'
  /** The chart's version and the image. */
  readonly about: string
  readonly changes: readonly ObjectChange[]
}

/** What an upgrade would bring, the server's defaults and objects that somebody has changed considered. */
export const changesOfRelease = async (upgrade: Upgrade): Promise<ReleaseChange> => {
  const { cluster, signal, service } = upgrade
  const present = await releaseOf(upgrade, service)
  const json = await cluster.helm([...upgradeArgs(upgrade), '--dry-run=server', '--output', 'json'], { signal })
  const future = toRelease(service, json)
  const objects = parseObjects(future.manifest)
  const about = `chart ${chartOf.parse(JSON.parse(json)).chart.metadata.version}, ${imagesOf(objects).join(', ')}`
  if (present === undefined) return { state: 'new', about, changes: [] }
  const news = changesBetween(parseObjects(present.manifest), objects).filter(isChange)
  const drift = (await changesOf({ cluster, signal }, objects)).filter(isChange)
  const changes = [...news, ...drift.filter(({ subject }) => !news.some((each) => each.subject === subject))]
  if (changes.length > 0) return { state: 'changed', about, changes }
  if (present.status === 'deployed' && present.digest === future.digest) return { state: 'unchanged', about, changes }
  const what = present.status === 'deployed' ? 'what runs before or after it' : `it is ${present.status}`
  return { state: 'changed', about, changes: [{ subject: `Release ${service}`, change: 'changed', detail: [what] }] }
}

const isChange = ({ change }: ObjectChange): boolean => change !== 'unchanged'

const chartOf = z.looseObject({ chart: z.looseObject({ metadata: z.looseObject({ version: z.string() }) }) })

const workload = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({ spec: z.looseObject({ containers: z.array(z.looseObject({ image: z.string() })) }) }),
  }),
})

const imagesOf = (objects: readonly KubernetesObject[]): string[] =>
  objects
    .filter(({ kind }) => kind === 'Deployment')
    .flatMap((object) => workload.parse(object).spec.template.spec.containers.map(({ image }) => image))

/** Installs or upgrades a service's release where it differs; returns when its pods are ready. */
export const upgradeRelease = async (upgrade: Upgrade): Promise<'installed' | 'upgraded' | 'unchanged'> => {
  const { service } = upgrade
  await clearPending(upgrade, service)
  const { state } = await changesOfRelease(upgrade)
  if (state === 'unchanged') return 'unchanged'
  await withHope(upgrade, upgradeArgs(upgrade))
  return state === 'new' ? 'installed' : 'upgraded'
}

/** Puts a release back to one of its revisions; returns when its pods are ready. */
export const rollBackRelease = async (work: Work, service: ServiceName, revision: number): Promise<void> => {
  await clearPending(work, service)
  await withHope({ ...work, service }, ['rollback', service, String(revision), ...IN_NAMESPACE])
}

const withHope = async (work: Work & { readonly service: ServiceName }, args: readonly string[]): Promise<void> => {
  const { cluster, signal, service } = work
  const selector = `app.kubernetes.io/name in (${service}, ${service}-migrate)`
  const wait = ['--wait', `--timeout=${READY_WITHIN_SECONDS}s`]
  try {
    await whileThereIsHope({ cluster, signal, namespaces: [APP_NAMESPACE], selector }, (hope) =>
      cluster.helm([...args, ...wait], { signal: hope }),
    )
  } catch (error) {
    // Our own helm has ended: where it has not said so in the release, nobody else will. Not with the signal, which may have
    // been what ended it.
    const left = await releaseOf({ cluster }, service)
    if (left?.status.startsWith('pending-')) await removeRevision({ cluster }, left)
    throw error
  }
}

/** Removes the mark of an upgrade whose helm was killed; Helm refuses every other one while it is there. */
const clearPending = async (work: Work, service: ServiceName): Promise<void> => {
  const present = await releaseOf(work, service)
  if (present === undefined || !present.status.startsWith('pending-')) return
  const freeAt = Date.parse(present.changedAt) + READY_WITHIN_SECONDS * 1_000
  if (Date.now() >= freeAt) return removeRevision(work, present)
  throw new PlatformError(`Release ${service} is ${present.status} since ${present.changedAt}: somebody works on it.`, {
    advice:
      `Wait until ${new Date(freeAt).toISOString()}: by then it has ended, or was killed and is cleared away. Where you know ` +
      `that nobody does: kubectl delete -n ${APP_NAMESPACE} ${revisionSecret(present)}`,
  })
}

const revisionSecret = ({ service, revision }: Release) => `secret/sh.helm.release.v1.${service}.v${revision}`

const removeRevision = async ({ cluster, signal }: Work, release: Release): Promise<void> => {
  await cluster.kubectl(['delete', revisionSecret(release), ...IN_NAMESPACE, '--ignore-not-found'], { signal })
}
