import { PlatformError } from '@neotool/platform/failure'
import { namespacesOf } from '@neotool/platform/kubernetes/deploy/manifests'
import { deployedParts } from '@neotool/platform/kubernetes/deploy/parts'
import { NOT_UNDONE, planRollback, rollBack } from '@neotool/platform/kubernetes/deploy/rollback'
import { troubleIn, withTrouble } from '@neotool/platform/kubernetes/deploy/trouble'
import { Command } from 'commander'
import { clusterTable, environmentArgument, kubeconfigOption, printJson, withAccess, withJson } from '../deployments.ts'
import { interruptible } from '../failures.ts'
import { bold, dim } from '../style.ts'
import { withTaskList } from '../task-list.ts'

type Options = { readonly kubeconfig?: string; readonly json?: true }

const rollback = (environment: string, options: Options) =>
  withJson({ json: options.json, failed: (failure) => ({ environment, state: 'failed', failure }) }, () =>
    run(environment, options),
  )

const run = async (environment: string, { kubeconfig, json }: Options) => {
  const interrupted = 'Interrupted between two deployments: run it again, and it goes on to the same one.'
  await interruptible(interrupted, (signal) =>
    withAccess({ environment, kubeconfig, signal }, async (target, access) => {
      const cluster = await access.cluster()
      const work = { cluster, signal }
      const plan = await planRollback(work, target.name)
      const { from, to, changes } = plan
      const releases = [...plan.releases].map(
        ([service, revision]) => `Release ${service} back to revision ${revision}`,
      )
      if (!json) {
        console.log(`From deployment ${from.revision} of ${from.at} back to ${to.revision} of ${to.at}:\n`)
        for (const line of [...changes, ...releases]) console.log(`  ${line}`)
        console.log(`\n${bold('It does not undo:')}\n${NOT_UNDONE.map((line) => dim(`  ${line}`)).join('\n')}\n`)
      }
      await withTaskList((report) => rollBack(work, plan, report), { isOutputTaken: json === true }).catch(
        async (error: unknown) => {
          signal.throwIfAborted()
          const ask = () => troubleIn(cluster, namespacesOf(to.objects), signal)
          const fault = await withTrouble('The rollback stopped', error, ask)
          const advice = 'Mend what is named above and run it again: it goes on to the same deployment.'
          throw new PlatformError(fault.message, { ...fault, advice, cause: error })
        },
      )
      const parts = await deployedParts(work, to.objects)
      const revisions = { from: from.revision, to: to.revision }
      if (json) return printJson({ environment, state: 'rolled back', ...revisions, changes, releases, parts })
      console.log(`\n${clusterTable(parts)}`)
      console.log(`\nWhether all is well: ./neotool verify ${environment}${access.option}`)
    }),
  )
}

export const rollbackCommand = new Command('rollback')
  .description('go back to the deployment before: its manifests and its releases; databases stay as they are')
  .addArgument(environmentArgument())
  .addOption(kubeconfigOption())
  .option(
    '--json',
    'print {environment, state, from, to, changes, releases, parts, failure}, and all else on standard error',
  )
  .addHelpText('after', `\nIt does not undo:\n${NOT_UNDONE.map((line) => `  ${line}`).join('\n')}`)
  .action(rollback)
