import { reachCluster } from '@neotool/platform/kubernetes/cluster'
import { clientSecretsOf } from '@neotool/platform/kubernetes/derive-kustomization'
import { readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import { assertKubectl, ensureBootstrapSecrets, readGivenAccounts } from '@neotool/platform/kubernetes/secrets'
import { Command } from 'commander'
import { checkout } from '../checkout.ts'
import { interruptible } from '../failures.ts'
import { bold, dim, table } from '../style.ts'

type Options = { readonly kubeconfig?: string; readonly smtpUrlFile?: string; readonly s3KeysFile?: string }

// As the person has it: whose kubectl it is decides how it logs in.
const KUBECTL = 'kubectl'

const bootstrap = async (name: string, { kubeconfig, ...files }: Options) => {
  const environment = readEnvironmentFile(checkout, name)
  const given = await readGivenAccounts(files)
  await assertKubectl(KUBECTL)
  const cluster = reachCluster({ kubeconfig, kubectlProgram: KUBECTL, helmProgram: 'helm' })
  const outcomes = await interruptible('Interrupted. What was made stays; run it again for the rest.', (signal) =>
    ensureBootstrapSecrets({
      cluster,
      environment: environment.kind,
      clientSecrets: clientSecretsOf(environment),
      given,
      signal,
    }),
  )
  const rows = outcomes.map(({ namespace, name, state, note }) => [namespace, name, state, note])
  const paint = (cell: string, column: number) => (column !== 2 ? cell : cell === 'kept' ? dim(cell) : bold(cell))
  console.log(table(['namespace', 'Secret', 'state', ''], rows, paint))
  if (!outcomes.some(({ state }) => state === 'yours')) return
  console.error(
    '\nThose that are yours nobody else can make: kubectl create secret generic NAME -n NAMESPACE --from-file=…',
  )
}

const bootstrapCommand = new Command('bootstrap')
  .description('make the Secrets that a cluster needs before all else; those that are there stay as they are')
  .argument('<environment>', 'local, prod, or another one of infra/environments')
  .option('--kubeconfig <file>', 'the cluster; without it the one that kubectl takes by itself')
  .option('--smtp-url-file <file>', 'the mail server, in one line: smtps://user:password@host (required for prod)')
  .option(
    '--s3-keys-file <file>',
    'the object storage, {"accessKeyId": "…", "secretAccessKey": "…"} (required for prod)',
  )
  .action(bootstrap)

/** The secrets of a cluster: generated there, and never in git. */
export const secretsCommand = new Command('secrets')
  .description('make the secrets of a cluster')
  .addCommand(bootstrapCommand)
