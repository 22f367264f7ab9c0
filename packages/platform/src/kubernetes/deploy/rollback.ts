/*
 * Back to the deployment before: its manifests, as the cluster has kept them, and the revisions of the releases that belonged
 * to them. Databases stay as they are, for migrations go forward only and fit the release before too.
 */
import { PlatformError } from '../../failure.ts'
import { type Report, runTask } from '../../tasks.ts'
import type { Cluster } from '../cluster.ts'
import { SERVICES, type ServiceName } from '../releases.ts'
import { changesBetween } from './changes.ts'
import { type Release, releasesOf, rollBackRelease } from './helm.ts'
import { applyObjects, waitForObjects } from './manifests.ts'
import { removeStale } from './prune.ts'
import { assertClusterOf, type DeploymentRecord, deploymentRecords, keepRecord, revisionsOf } from './records.ts'
import { withoutVaultInit } from './vault.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

export type RollbackPlan = {
  readonly from: DeploymentRecord
  readonly to: DeploymentRecord
  /** Objects that would be made, changed or removed. */
  readonly changes: readonly string[]
  /** Services whose release goes back, with the revision that it goes back to. */
  readonly releases: ReadonlyMap<ServiceName, number>
}

/** What a rollback does not undo, for people to read before it. */
export const NOT_UNDONE: readonly string[] = [
  'Databases: migrations go forward only. Each fits the release before it too, so that release works with them.',
  'Data that was written meanwhile, Secrets, and what Vault has.',
  'Machines: what Terraform has changed.',
]

const isAt = (
  record: DeploymentRecord,
  newest: DeploymentRecord,
  present: ReadonlyMap<ServiceName, Release>,
): boolean =>
  record.digest === newest.digest &&
  Object.entries(record.releases).every(([service, { digest }]) => {
    const release = present.get(service as ServiceName)
    return release?.status === 'deployed' && release.digest === digest
  })

/** Finds the newest deployment of an environment that was well once and is not what is there now; fails where there is none. */
export const planRollback = async (work: Work, environment: string): Promise<RollbackPlan> => {
  await assertClusterOf(work, environment)
  const records = await deploymentRecords(work)
  const present = await releasesOf(work)
  const [from] = records
  const to = from && records.find((record) => record.state === 'ready' && !isAt(record, from, present))
  if (from === undefined || to === undefined) {
    throw new PlatformError('There is no earlier deployment to go back to.', {
      advice:
        `The cluster has kept ${records.length} deployments, and none before this one was ever well. Mend what is wrong in the ` +
        'checkout, or check out the commit that was deployed before, and deploy that.',
    })
  }
  const changes = changesBetween(from.objects, to.objects)
    .filter(({ change }) => change !== 'unchanged')
    .map(({ subject, change }) => `${subject} ${change}`)
  const releases = new Map<ServiceName, number>()
  for (const service of SERVICES) {
    const [now, then] = [present.get(service), to.releases[service]]
    const isSame = now?.status === 'deployed' && now.digest === then?.digest
    if (then !== undefined && !isSame) releases.set(service, then.revision)
  }
  return { from, to, changes, releases }
}

/** Does what was planned; returns when all of it is ready. */
export const rollBack = async (work: Work, { from, to, releases }: RollbackPlan, report: Report): Promise<void> => {
  report({ kind: 'planned', tasks: ['manifests', 'parts', 'releases'] })
  const objects = await withoutVaultInit(work, to.objects)
  await runTask(report, 'manifests', async () => {
    await applyObjects(work, objects)
    return `${objects.length} objects of deployment ${to.revision}`
  })
  await runTask(report, 'parts', async (progress) => {
    const ready = await waitForObjects(work, objects, progress)
    const removed = await removeStale(work, to.objects)
    return removed === 0 ? ready : `${ready}; ${removed} that came later removed`
  })
  await runTask(report, 'releases', async (progress) => {
    const attempts = await Promise.allSettled(
      [...releases].map(async ([service, target]) => {
        await rollBackRelease(work, service, target)
        progress(service)
      }),
    )
    for (const attempt of attempts) if (attempt.status === 'rejected') throw attempt.reason
    // Last of all: a rollback that is interrupted has the same way to go when it is repeated.
    await keepRecord(work, {
      ...to,
      revision: from.revision + 1,
      rolledBackTo: to.rolledBackTo ?? to.revision,
      at: new Date().toISOString(),
      releases: revisionsOf((await releasesOf(work)).values()),
    })
    const done = [...releases].map(([service, target]) => `${service} to ${target}`)
    return done.join(', ') || 'none had changed'
  })
}
