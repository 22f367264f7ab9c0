/** Whether an environment is well: every part of it, and what all of them do together. */
import { PlatformError } from '../../failure.ts'
import { untilAnswered } from '../../probe.ts'
import { type Report, runTask } from '../../tasks.ts'
import type { Cluster } from '../cluster.ts'
import { namespacesOf, renderOverlay } from './manifests.ts'
import { type DeployedPart, deployedParts } from './parts.ts'
import { assertClusterOf } from './records.ts'
import { type Check, smoke } from './smoke.ts'
import type { DeploymentTarget } from './target.ts'
import { troubleIn } from './trouble.ts'
import { vaultSecretsLeft } from './vault.ts'

export type Verification = {
  readonly isWell: boolean
  readonly parts: readonly DeployedPart[]
  readonly checks: readonly Check[]
  /** Of the parts that are not ready: their events and last words. Then what should not be there. */
  readonly trouble: readonly string[]
}

type Work = { readonly cluster: Cluster; readonly target: DeploymentTarget; readonly signal?: AbortSignal | undefined }

// An autoscaler adds pods while a service starts, which are ready a moment later.
const DEPLOYED_WITHIN_MS = 120_000

/** Looks at every part, which may become ready within the time that is given, and tries everything where all are there. */
export const verify = async (
  work: Work & { readonly report: Report; readonly readyWithinMs?: number },
): Promise<Verification> => {
  const { cluster, target, signal, report, readyWithinMs = 0 } = work
  report({ kind: 'planned', tasks: ['parts', 'smoke'] })
  await assertClusterOf({ cluster, signal }, target.name)
  const objects = await renderOverlay({ cluster, signal }, target.overlay)
  let [parts, trouble]: [readonly DeployedPart[], readonly string[]] = [[], []]
  let left: readonly string[] = []
  await runTask(report, 'parts', async () => {
    parts = await deployedParts({ cluster, signal }, objects)
    const look = async () => {
      parts = await deployedParts({ cluster, signal }, objects)
      if (!areReady(parts)) throw new Error(readiness(parts))
    }
    if (readyWithinMs > 0 && !areReady(parts)) {
      // What has not become ready is told of below, with its events.
      await untilAnswered('Every part', look, { withinMs: readyWithinMs, signal }).catch(() => signal?.throwIfAborted())
    }
    if (target.kind === 'prod') left = await vaultSecretsLeft({ cluster, signal })
    trouble = [...(await troubleIn(cluster, namespacesOf(objects), signal)), ...left]
    return readiness(parts)
  })
  let checks: readonly Check[] = []
  await runTask(report, 'smoke', async (progress) => {
    checks = await smoke({ cluster, objects, signal, progress })
    return outcome(checks)
  })
  const isAllGood = areReady(parts) && checks.every(({ state }) => isGood(state))
  const isWell = isAllGood && left.length === 0
  return { isWell, parts, checks, trouble }
}

const isGood = (state: Check['state']) => state === 'passed' || state === 'not installed'

const areReady = (parts: readonly DeployedPart[]): boolean => parts.every(({ state }) => state === 'ready')

const readiness = (parts: readonly DeployedPart[]): string =>
  `${parts.filter(({ state }) => state === 'ready').length} of ${parts.length} ready`

const outcome = (checks: readonly Check[]): string =>
  `${checks.filter(({ state }) => isGood(state)).length} of ${checks.length} checks passed`

/** As the last step of a deployment: throws, naming what is not well. */
export const assertVerified = async (work: Work, progress: (detail: string) => void): Promise<string> => {
  const report: Report = (event) => {
    if (event.kind === 'changed' && event.state === 'running') progress(event.detail)
  }
  const { isWell, parts, checks, trouble } = await verify({ ...work, report, readyWithinMs: DEPLOYED_WITHIN_MS })
  if (isWell) return `${readiness(parts)}, ${outcome(checks)}`
  throw new PlatformError(`${work.target.name} is not well.`, {
    logLines: [...faultsOf({ parts, checks }), ...trouble],
  })
}

/** One line for each part and each check that is not as it should be. */
export const faultsOf = ({ parts, checks }: Pick<Verification, 'parts' | 'checks'>): string[] => [
  ...parts
    .filter(({ state }) => state !== 'ready')
    .map(
      ({ kind, namespace, name, state, ready, wanted }) =>
        `${kind} ${namespace}/${name} is ${state}: ${ready} of ${wanted}`,
    ),
  ...checks.filter(({ state }) => !isGood(state)).map(({ name, state, detail }) => `${name} ${state}: ${detail}`),
]
