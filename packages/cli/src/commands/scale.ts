import { reachCluster } from '@neotool/platform/kubernetes/cluster'
import { assertPrograms } from '@neotool/platform/kubernetes/deploy/access'
import { SCALABLE, type Scalable, scale } from '@neotool/platform/kubernetes/deploy/scale'
import { Argument, Command, InvalidArgumentError } from 'commander'
import { interruptible } from '../failures.ts'

const toCount = (text: string): number => {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('It is a whole number.')
  return Number(text)
}

const run = async (part: Scalable, count: number, { kubeconfig }: { readonly kubeconfig?: string }) => {
  await assertPrograms(['kubectl', 'helm'])
  const cluster = reachCluster({ kubeconfig, kubectlProgram: 'kubectl', helmProgram: 'helm' })
  const { ready, range } = await interruptible(
    'Interrupted. The number is set; the pods come or go by themselves.',
    (signal) => scale({ cluster, signal }, part, count),
  )
  console.log(`${part} has ${ready} pods that are ready.`)
  if (range === undefined)
    return console.log('Nothing scales it by load. The next deployment that changes it sets it back.')
  console.log(`Its autoscaler keeps at least ${range.min} and at most ${range.max}.`)
  if (ready > count)
    console.log('Those that are more than asked for go as the load does, after five minutes at the earliest.')
  console.log('The next deployment sets what the environment says.')
}

export const scaleCommand = new Command('scale')
  .description('set how many pods a service has at the least; its autoscaler adds more under load')
  .addArgument(new Argument('<service>', 'what is scaled').choices(SCALABLE))
  .argument('<count>', 'from the minimum of the environment to its maximum', toCount)
  .option('--kubeconfig <file>', 'the cluster; without it the one that kubectl takes by itself')
  .action(run)
