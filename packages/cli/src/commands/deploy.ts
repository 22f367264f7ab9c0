import {
  type DeployOutcome,
  planDeployment,
  removalsIn,
  runSteps,
  type StepPlan,
} from '@neotool/platform/kubernetes/deploy/deploy'
import { STEPS, stepsFrom } from '@neotool/platform/kubernetes/deploy/steps'
import { assertConfigured } from '@neotool/platform/kubernetes/deploy/target'
import { readGivenAccounts } from '@neotool/platform/kubernetes/secrets'
import { Command } from 'commander'
import {
  askFor,
  clusterTable,
  environmentArgument,
  failureJson,
  kubeconfigOption,
  printJson,
  withAccess,
  withJson,
  yesOption,
} from '../deployments.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible, printFailure } from '../failures.ts'
import { bold, dim, seconds } from '../style.ts'
import { withTaskList } from '../task-list.ts'

type Options = {
  readonly plan?: true
  readonly kubeconfig?: string
  readonly from?: string
  readonly json?: true
  readonly yes?: true
  readonly smtpUrlFile?: string
  readonly s3KeysFile?: string
}

const MOST_LINES = 12

const showPlan = (plans: readonly StepPlan[]): string =>
  plans
    .flatMap(({ step, summary, changes }) => {
      const lines = changes.flatMap(({ subject, change, detail }) => [
        `${change.padEnd(10)} ${subject}`,
        ...detail.map((line) => dim(`           ${line}`)),
      ])
      const more =
        lines.length > MOST_LINES ? [dim(`… and ${lines.length - MOST_LINES} lines more: --json has all`)] : []
      const shown = [...lines.slice(0, MOST_LINES), ...more].map((line) => `            ${line}`)
      return [`${bold(step.padEnd(10))}  ${summary}`, ...shown]
    })
    .join('\n')

const interrupted =
  'Interrupted. Each step may be repeated: the same command goes on, --from names a step to begin with. Where Terraform then ' +
  'finds its state locked: terraform force-unlock, in that environment of infra/terraform.'

const deploy = (environment: string, options: Options) =>
  withJson({ json: options.json, failed: (failure) => ({ environment, state: 'failed', failure }) }, () =>
    run(environment, options),
  )

const run = async (environment: string, { kubeconfig, plan, from, json, yes, ...files }: Options) => {
  const begin = Date.now()
  const isOutputTaken = json === true
  const steps = stepsFrom(from)
  const given = await readGivenAccounts(files)
  await interruptible(interrupted, (signal) =>
    withAccess({ environment, kubeconfig, signal }, async (target, access) => {
      if (!plan) assertConfigured(target)
      const deployment = { target, access, given, signal }
      const plans = await withTaskList((report) => planDeployment(deployment, steps, report), { isOutputTaken })
      if (!json) console.log(`\n${showPlan(plans)}\n`)
      if (plan && json) printJson({ environment, state: 'planned', plan: plans })
      if (plan) return
      const removals = removalsIn(plans)
      if (removals.length > 0) await askFor(`${removals.join('\n')}\nWhat is on them is lost.`, environment, yes)
      const outcome = await withTaskList((report) => runSteps(deployment, steps, report), { isOutputTaken })
      tell(environment, { outcome, plans, elapsedMs: Date.now() - begin, json })
    }),
  )
}

type Told = {
  readonly outcome: DeployOutcome
  readonly plans: readonly StepPlan[]
  readonly elapsedMs: number
  readonly json: true | undefined
}

const tell = (environment: string, { outcome, plans, elapsedMs, json }: Told): void => {
  const { steps, parts, failure } = outcome
  if (json) {
    const state = failure === undefined ? 'deployed' : 'failed'
    const result = { environment, state, plan: plans, steps, parts, elapsedMs }
    printJson(failure === undefined ? result : { ...result, failure: failureJson(failure) })
  } else if (parts.length > 0) console.log(`\n${clusterTable(parts)}`)
  if (failure !== undefined) process.exitCode = printFailure(failure)
  else if (!json) console.log(`\n${bold(environment)} is deployed and well, after ${seconds(elapsedMs)}.`)
}

export const deployCommand = new Command('deploy')
  .description('bring an environment to what this checkout says: machines, manifests, services; harmless to repeat')
  .addArgument(environmentArgument())
  .addOption(kubeconfigOption())
  .option('--plan', 'say what it would do, and do nothing')
  .option('--from <step>', `begin with a later step: ${STEPS.map(({ name }) => name).join(', ')}`)
  .option('--json', 'print {environment, state, plan, steps, parts, failure}, and all else on standard error')
  .addOption(yesOption('ask nothing where Terraform would delete or replace something'))
  .option('--smtp-url-file <file>', 'the mail server, the first time: see ./neotool help secrets bootstrap')
  .option('--s3-keys-file <file>', 'the object storage, the first time: see ./neotool help secrets bootstrap')
  .addHelpText(
    'after',
    `\nWith --kubeconfig the machines are others': Terraform is not run. Exit code ${exitCodes.usage.code} means that nothing was done.`,
  )
  .action(deploy)
