import { destroy, lossesOf } from '@neotool/platform/kubernetes/deploy/destroy'
import { Command } from 'commander'
import { askFor, environmentArgument, kubeconfigOption, withAccess, yesOption } from '../deployments.ts'
import { interruptible } from '../failures.ts'
import { bold, red } from '../style.ts'
import { withTaskList } from '../task-list.ts'

type Options = { readonly kubeconfig?: string; readonly yes?: true }

const run = async (environment: string, { kubeconfig, yes }: Options) => {
  const interrupted =
    'Interrupted. What is gone does not come back; run it again for the rest. Where Terraform then finds its state locked: ' +
    'terraform force-unlock, in that environment of infra/terraform.'
  await interruptible(interrupted, (signal) =>
    withAccess({ environment, kubeconfig, signal }, async (target, access) => {
      const destruction = { target, access, signal }
      const losses = await lossesOf(destruction)
      console.error(`${red(bold(`What is lost with ${environment}, for good:`))}\n`)
      for (const line of losses.lines) console.error(`  ${line}`)
      console.error('')
      await askFor('', environment, yes)
      await withTaskList((report) => destroy(destruction, losses, report))
      console.log(`\n${environment} is gone.`)
    }),
  )
}

export const destroyCommand = new Command('destroy')
  .description('remove an environment with all its data, after its name was typed')
  .addArgument(environmentArgument())
  .addOption(kubeconfigOption())
  .addOption(yesOption('do not ask: for scripts'))
  .addHelpText('after', '\nWith --kubeconfig only what is ours in that cluster goes; without it the machines go too.')
  .action(run)
