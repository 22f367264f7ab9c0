/*
 * A deployment, step by step. Each step says beforehand what it would do, may be repeated, and needs nothing of this process
 * from the steps before it: a deployment can be taken up at any of them.
 */
import { messageOf, PlatformError } from '../../failure.ts'
import { untilAnswered } from '../../probe.ts'
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import { SERVICES } from '../releases.ts'
import { ensureBootstrapSecrets } from '../secrets.ts'
import { bootstrapSecrets, type GivenAccounts } from '../secrets-table.ts'
import type { ClusterAccess } from './access.ts'
import { applyToNewCluster, untilTypesAreThere } from './add-ons.ts'
import { changesOf } from './changes.ts'
import { changesOfRelease, releasesOf, upgradeRelease } from './helm.ts'
import { applyObjects, awaitedOf, isJob, isNamespace, renderOverlay, waitForObjects } from './manifests.ts'
import { type Planned, type PlannedChange, planned } from './planned.ts'
import { removable, removeStale, staleObjects } from './prune.ts'
import { beginRecord, completeRecord, noteParts, noteReleases } from './records.ts'
import type { DeploymentTarget } from './target.ts'
import { assertVaultIsOpen, clearVaultSecrets, withoutVaultInit } from './vault.ts'
import { assertVerified } from './verify.ts'

export type Deployment = {
  readonly target: DeploymentTarget
  readonly access: ClusterAccess
  readonly given: GivenAccounts
  readonly signal?: AbortSignal | undefined
}

export type Step = {
  readonly name: string
  /** What it would do; it changes nothing. */
  readonly plan: (deployment: Deployment) => Promise<Planned>
  /** Does it; answers what is to be said about it. */
  readonly run: (deployment: Deployment, progress: (detail: string) => void) => Promise<string>
}

type Objects = { readonly namespaces: readonly KubernetesObject[]; readonly others: readonly KubernetesObject[] }

const render = async ({ target, access, signal }: Deployment): Promise<Objects> => {
  const objects = await renderOverlay({ cluster: access, signal }, target.overlay)
  return { namespaces: objects.filter(isNamespace), others: objects.filter((object) => !isNamespace(object)) }
}

/** A plan that asks a cluster; where there is none yet, all is new. */
const asking =
  (
    what: (deployment: Deployment) => Promise<string>,
    plan: (cluster: Cluster, deployment: Deployment) => Promise<Planned>,
  ) =>
  async (deployment: Deployment): Promise<Planned> => {
    const cluster = await deployment.access.clusterIfThere()
    if (cluster !== undefined) return plan(cluster, deployment)
    return { summary: `all ${await what(deployment)} are new: there is no cluster yet`, changes: [] }
  }

const counted =
  (what: string, pick: (objects: Objects) => readonly KubernetesObject[]) => async (deployment: Deployment) =>
    `${pick(await render(deployment)).length} ${what}`

const terraform: Step = {
  name: 'terraform',
  plan: async ({ access }) => {
    if (access.terraform === undefined) return { summary: 'not used: a cluster is named', changes: [] }
    const changes = await access.terraform.plan()
    return planned(changes.map(({ address, change }) => ({ subject: address, change, detail: [] })))
  },
  run: async ({ access }, progress) => {
    if (access.terraform === undefined) return 'not used'
    await access.terraform.apply(progress)
    return 'applied'
  },
}

const CLUSTER_WITHIN_MS = 900_000
const ADD_ONS_WITHIN_MS = 600_000

const namespaces: Step = {
  name: 'namespaces',
  plan: asking(
    counted('namespaces', ({ namespaces: outer }) => outer),
    async (cluster, deployment) =>
      planned(await changesOf({ cluster, signal: deployment.signal }, (await render(deployment)).namespaces)),
  ),
  run: async (deployment, progress) => {
    const { access, signal } = deployment
    const cluster = await access.cluster()
    // Machines that were made a moment ago take minutes to become a cluster; one that others have made is there.
    const withinMs = access.terraform === undefined ? 0 : CLUSTER_WITHIN_MS
    progress('waits for the cluster to answer')
    const ask = () => cluster.kubectl(['get', '--raw', '/readyz', '--request-timeout=10s'], { signal })
    await untilAnswered('The cluster', ask, { withinMs, signal })
    const { namespaces: objects } = await render(deployment)
    await applyObjects({ cluster, signal }, objects)
    return `${objects.length} namespaces`
  },
}

const secrets: Step = {
  name: 'secrets',
  plan: asking(
    async ({ target }) => `${bootstrapSecrets(target.kind, target.clientSecrets).length} Secrets`,
    async (cluster, { target, signal }) => {
      const present = await cluster.kubectl(['get', 'secrets', '--all-namespaces', '--output', NAMES], { signal })
      const names = new Set(present.split('\n'))
      const changes = bootstrapSecrets(target.kind, target.clientSecrets).map(({ namespace, name, make }) => ({
        subject: `Secret ${namespace}/${name}`,
        change: names.has(`${namespace}/${name}`) ? 'kept' : make === undefined ? 'yours to make' : 'made',
        detail: [],
      }))
      return planned(changes)
    },
  ),
  run: async ({ access, target, given, signal }) => {
    const cluster = await access.cluster()
    const outcomes = await ensureBootstrapSecrets({
      cluster,
      environment: target.kind,
      clientSecrets: target.clientSecrets,
      given: { ...given, s3: given.s3 ?? (await access.terraform?.s3Keys()) },
      ...(signal && { signal }),
    })
    // Vault's root token is needed once, and rather not there.
    const missing = outcomes.filter(({ state, name }) => state === 'yours' && name !== 'vault-root')
    if (missing.length > 0) {
      throw new PlatformError(
        `Only you can make ${missing.map(({ namespace, name }) => `Secret ${namespace}/${name}`).join(', ')}.`,
        {
          logLines: missing.map(({ name, note }) => `${name} ${note}`),
          advice: 'kubectl create secret generic NAME -n NAMESPACE --from-file=… Then go on: --from secrets',
        },
      )
    }
    const made = outcomes.filter(({ state }) => state === 'made').length
    return `${made} made, ${outcomes.length - made} kept`
  },
}

const NAMES = 'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{"\\n"}{end}'

const manifests: Step = {
  name: 'manifests',
  plan: asking(
    counted('objects', ({ others }) => others),
    async (cluster, deployment) => {
      const { signal } = deployment
      const { namespaces: outer, others } = await render(deployment)
      const changes = await changesOf(
        { cluster, signal },
        others.filter((object) => !isJob(object)),
      )
      const jobs = others.filter(isJob).map((job) => ({ subject: nameOf(job), change: 'run', detail: [] }))
      const stale = (await staleObjects({ cluster, signal }, [...outer, ...others])).map((object) => ({
        subject: nameOf(object),
        change: removable(object) ? 'removed' : 'left over',
        detail: removable(object) ? [] : ['no manifest has it any more; what it holds would go with it'],
      }))
      return planned([...changes, ...stale, ...jobs])
    },
  ),
  run: async (deployment, progress) => {
    const { access, target, signal } = deployment
    const cluster = await access.cluster()
    const { namespaces: outer, others } = await render(deployment)
    // What others have made has its add-ons, or will never have them.
    const withinMs = access.terraform === undefined ? 0 : ADD_ONS_WITHIN_MS
    progress('waits for the types of the add-ons')
    await untilTypesAreThere({ cluster, signal, withinMs }, others)
    await beginRecord({ cluster, signal }, { environment: target.name, objects: [...outer, ...others] })
    const applied = await withoutVaultInit({ cluster, signal }, others)
    await applyToNewCluster({ cluster, signal, withinMs }, applied)
    return `${applied.length} objects`
  },
}

const parts: Step = {
  name: 'parts',
  plan: async (deployment) => {
    const awaited = awaitedOf((await render(deployment)).others)
    const names = awaited.map(({ metadata }) => metadata.name).join(', ')
    return { summary: `waits for ${awaited.length}: ${names}`, changes: [] }
  },
  run: async (deployment, progress) => {
    const { access, target, signal } = deployment
    const work = { cluster: await access.cluster(), signal }
    const { namespaces: outer, others } = await render(deployment)
    await assertVaultIsOpen(work, others)
    const awaited = await withoutVaultInit(work, others)
    const ready = await waitForObjects(work, awaited, progress)
    // Where Vault is in memory, it needs them whenever its pod is new.
    const cleared = target.kind === 'prod' ? await clearVaultSecrets(work, awaited) : undefined
    await noteParts(work, [...outer, ...others])
    // Only now: what is new works without them.
    const removed = await removeStale(work, [...outer, ...others])
    const stale = removed === 0 ? undefined : `${removed} that no manifest has any more removed`
    return [ready, cleared, stale].filter(Boolean).join('; ')
  },
}

const releases: Step = {
  name: 'releases',
  plan: asking(
    async () => `${SERVICES.length} releases`,
    async (cluster, { target, signal }) => {
      const found = await Promise.all(
        SERVICES.map(async (service): Promise<PlannedChange> => {
          const { state, changes, about } = await changesOfRelease({ cluster, signal, target, service })
          const detail = changes.flatMap(({ subject, detail: paths }) => [subject, ...paths.map((path) => `  ${path}`)])
          return { subject: `${service} (${about})`, change: state, detail }
        }),
      )
      return planned(found, 'each migrates its database first')
    },
  ),
  run: async ({ access, target, signal }, progress) => {
    const cluster = await access.cluster()
    const done: string[] = []
    const attempts = await Promise.allSettled(
      SERVICES.map(async (service) => {
        const outcome = await upgradeRelease({ cluster, signal, target, service })
        done.push(`${service} ${outcome}`)
        progress(done.join(', '))
      }),
    )
    // All of them are waited for: a helm that is left alone leaves a release that nobody can upgrade.
    const faults = attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [attempt.reason as unknown] : []))
    if (faults.length > 0) throw faults.length === 1 ? faults[0] : severalFaults(faults)
    await noteReleases({ cluster, signal }, (await releasesOf({ cluster, signal })).values())
    return done.join(', ')
  },
}

const severalFaults = (faults: readonly unknown[]): PlatformError =>
  new PlatformError(faults.map(messageOf).join(' '), {
    logLines: faults.flatMap((fault) => (fault instanceof PlatformError ? fault.logLines : [])),
    cause: faults[0],
  })

const verification: Step = {
  name: 'verify',
  plan: async () => ({
    summary:
      'health of every part; then an account, a product, a picture, its event, metrics, logs and dashboards, all removed again',
    changes: [],
  }),
  run: async ({ access, target, signal }, progress) => {
    const cluster = await access.cluster()
    const verified = await assertVerified({ cluster, target, signal }, progress)
    // A deployment that was interrupted before it had noted them, and is taken up here, would be one that no release belongs to.
    await noteReleases({ cluster, signal }, (await releasesOf({ cluster, signal })).values())
    await completeRecord({ cluster, signal })
    return verified
  },
}

/** The steps in their order. */
export const STEPS: readonly Step[] = [terraform, namespaces, secrets, manifests, parts, releases, verification]

/** The steps from the named one on; fails with all their names where there is none of that name. */
export const stepsFrom = (name: string | undefined): readonly Step[] => {
  if (name === undefined) return STEPS
  const index = STEPS.findIndex((step) => step.name === name)
  if (index >= 0) return STEPS.slice(index)
  throw new PlatformError(`There is no step "${name}".`, {
    reason: 'usage',
    advice: `One of: ${STEPS.map((step) => step.name).join(', ')}`,
  })
}
