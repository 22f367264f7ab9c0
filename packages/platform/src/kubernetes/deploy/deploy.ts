/** Brings an environment to what the checkout says, from its machines to its verification. */
import { messageOf, PlatformError } from '../../failure.ts'
import { type Report, runTask, SkippedError } from '../../tasks.ts'
import { reachAdvice } from '../cluster.ts'
import { namespacesOf, renderOverlay } from './manifests.ts'
import { type DeployedPart, deployedParts } from './parts.ts'
import type { Planned } from './planned.ts'
import { assertClusterOf } from './records.ts'
import type { Deployment, Step } from './steps.ts'
import { troubleIn, withTrouble } from './trouble.ts'

export type StepPlan = Planned & { readonly step: string }

/** What each of the steps would do; nothing is changed. */
export const planDeployment = async (
  deployment: Deployment,
  steps: readonly Step[],
  report: Report,
): Promise<readonly StepPlan[]> => {
  const plans: StepPlan[] = []
  report({ kind: 'planned', tasks: ['plan'] })
  await runTask(report, 'plan', async (progress) => {
    const { access, target, signal } = deployment
    const cluster = await access.clusterIfThere()
    if (cluster !== undefined) await assertClusterOf({ cluster, signal }, target.name)
    for (const { name, plan } of steps) {
      progress(name)
      plans.push({ step: name, ...(await plan(deployment)) })
    }
    return `${steps.length} steps`
  })
  return plans
}

/** What Terraform would take away: machines and what is on them do not come back by a rollback. */
export const removalsIn = (plans: readonly StepPlan[]): readonly string[] =>
  plans
    .filter(({ step }) => step === 'terraform')
    .flatMap(({ changes }) => changes.filter(({ change }) => change === 'deleted' || change === 'replaced'))
    .map(({ subject, change }) => `${subject} is ${change}`)

export type StepResult = {
  readonly step: string
  readonly state: 'done' | 'failed' | 'not begun'
  readonly detail: string
  readonly elapsedMs: number
}

export type DeployOutcome = {
  readonly steps: readonly StepResult[]
  /** What runs now; empty where the cluster was not reached. */
  readonly parts: readonly DeployedPart[]
  readonly failure?: PlatformError
}

/** Runs the steps one after the other, up to the first that fails; what failed is told, not thrown. */
export const runSteps = async (
  deployment: Deployment,
  steps: readonly Step[],
  report: Report,
): Promise<DeployOutcome> => {
  const results: StepResult[] = []
  let failure: PlatformError | undefined
  report({ kind: 'planned', tasks: steps.map(({ name }) => name) })
  for (const { name, run } of steps) {
    const begin = Date.now()
    const note = (state: StepResult['state'], detail: string) =>
      results.push({ step: name, state, detail, elapsedMs: Date.now() - begin })
    try {
      await runTask(report, name, async (progress) => {
        if (failure !== undefined) throw new SkippedError()
        const detail = await run(deployment, progress)
        note('done', detail)
        return detail
      })
    } catch (error) {
      deployment.signal?.throwIfAborted()
      if (error instanceof SkippedError) note('not begun', '')
      else {
        note('failed', messageOf(error))
        failure = await explain(deployment, name, error)
      }
    }
  }
  return { steps: results, parts: await partsOf(deployment), ...(failure && { failure }) }
}

const partsOf = async ({ access, target, signal }: Deployment): Promise<readonly DeployedPart[]> => {
  try {
    const cluster = await access.cluster()
    return await deployedParts({ cluster, signal }, await renderOverlay({ cluster, signal }, target.overlay))
  } catch {
    // Where a step has failed this early, its own fault is what matters.
    return []
  }
}

const explain = async (deployment: Deployment, step: string, error: unknown): Promise<PlatformError> => {
  const { target, access, signal } = deployment
  const own = error instanceof PlatformError ? error : undefined
  const fault = await withTrouble(`The deployment of ${target.name} stopped at "${step}"`, error, async () => {
    if (!['parts', 'releases'].includes(step)) return []
    const cluster = await access.cluster()
    return await troubleIn(cluster, namespacesOf(await renderOverlay({ cluster, signal }, target.overlay)), signal)
  })
  signal?.throwIfAborted()
  const isKnown = own?.advice !== undefined && (own.advice !== reachAdvice || step === 'namespaces')
  return new PlatformError(fault.message, {
    ...fault,
    advice: isKnown ? own.advice : adviceAt(deployment, step),
    cause: error,
  })
}

const adviceAt = ({ target: { name }, access: { option } }: Deployment, step: string): string =>
  `Mend what is named above and go on: ./neotool deploy ${name} --from ${step}${option}. What was before comes back with ` +
  `./neotool rollback ${name}${option}.`
