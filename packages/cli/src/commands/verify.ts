import type { Check } from '@neotool/platform/kubernetes/deploy/smoke'
import { faultsOf, verify } from '@neotool/platform/kubernetes/deploy/verify'
import { Command } from 'commander'
import { clusterTable, environmentArgument, kubeconfigOption, printJson, withAccess, withJson } from '../deployments.ts'
import { exitCodes } from '../exit-codes.ts'
import { interruptible } from '../failures.ts'
import { bold, dim, green, red, seconds, table, yellow } from '../style.ts'
import { withTaskList } from '../task-list.ts'

const PAINT: Readonly<Record<Check['state'], (text: string) => string>> = {
  passed: green,
  failed: red,
  skipped: yellow,
  'not installed': dim,
}

const checksTable = (checks: readonly Check[]): string => {
  const rows = checks.map(({ name, state, elapsedMs, detail }) => [name, state, seconds(elapsedMs), detail])
  return table(['check', 'state', 'time', ''], rows, (cell, column) =>
    column === 1 ? PAINT[cell as Check['state']](cell) : cell,
  )
}

type Options = { readonly kubeconfig?: string; readonly json?: true }

// What could not be looked at is not well.
const NOTHING_SEEN = { isWell: false, parts: [], checks: [], trouble: [] } as const

const verifyEnvironment = (environment: string, options: Options) =>
  withJson({ json: options.json, failed: (failure) => ({ environment, ...NOTHING_SEEN, failure }) }, () =>
    run(environment, options),
  )

const run = async (environment: string, { kubeconfig, json }: Options) => {
  const interrupted = 'Interrupted. What it had made for its checks is removed by nobody: an account and a product.'
  const verification = await interruptible(interrupted, (signal) =>
    withAccess({ environment, kubeconfig, signal }, async (target, access) => {
      const cluster = await access.cluster()
      return await withTaskList((report) => verify({ cluster, target, signal, report }), {
        isOutputTaken: json === true,
      })
    }),
  )
  const { isWell, parts, checks, trouble } = verification
  if (json) printJson({ environment, ...verification })
  else console.log(`\n${clusterTable(parts)}\n\n${checksTable(checks)}`)
  if (isWell && !json) console.log(`\n${bold(environment)} is well.`)
  if (isWell) return
  const lines = [...faultsOf({ parts, checks }), ...trouble].map((line) => dim(`  | ${line}`))
  console.error([`\n${red(bold(`${environment} is not well:`))}`, ...lines].join('\n'))
  process.exitCode = exitCodes.failed.code
}

export const verifyCommand = new Command('verify')
  .description(
    'see whether an environment is well: each part, then an account, a product, a picture, its event, figures, logs',
  )
  .addArgument(environmentArgument())
  .addOption(kubeconfigOption())
  .option('--json', 'print {environment, isWell, parts, checks, trouble, failure}, and all else on standard error')
  .action(verifyEnvironment)
