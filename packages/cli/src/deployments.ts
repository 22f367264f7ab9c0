/* What the commands about a cluster share: their options, the way to the cluster, and how its parts are shown. */
import { createInterface } from 'node:readline/promises'
import { PlatformError, platformErrorOf } from '@neotool/platform/failure'
import { type ClusterAccess, openAccess } from '@neotool/platform/kubernetes/deploy/access'
import type { DeployedPart } from '@neotool/platform/kubernetes/deploy/parts'
import { type DeploymentTarget, findTarget } from '@neotool/platform/kubernetes/deploy/target'
import { Argument, Option } from 'commander'
import { checkout } from './checkout.ts'
import { green, red, table } from './style.ts'

export const environmentArgument = () =>
  new Argument('<environment>', 'the environment: a file of infra/environments, such as local or prod')

export const kubeconfigOption = () =>
  new Option('--kubeconfig <file>', 'the cluster; without it the one that Terraform has made for the environment')

export const yesOption = (what: string) => new Option('--yes', what)

type AccessOptions = {
  readonly environment: string
  readonly kubeconfig?: string | undefined
  readonly signal: AbortSignal
}

/** Runs work with the way to an environment's cluster. */
export const withAccess = async <Result>(
  { environment, kubeconfig, signal }: AccessOptions,
  work: (target: DeploymentTarget, access: ClusterAccess) => Promise<Result>,
): Promise<Result> => {
  const target = findTarget(checkout, environment)
  await using access = await openAccess({ target, kubeconfig, signal })
  return await work(target, access)
}

/** The only thing on standard output, where a program reads it. */
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, undefined, 2))

/** A failure as a program reads it. */
export const failureJson = ({ message, logLines, advice }: PlatformError) => ({ message, logLines, advice })

type JsonOptions = {
  readonly json: true | undefined
  /** What is printed in place of the result where the work fails. */
  readonly failed: (failure: ReturnType<typeof failureJson>) => unknown
}

/** Runs work whose result a program reads, which gets a document of its failure too; that is thrown on all the same. */
export const withJson = async ({ json, failed }: JsonOptions, work: () => Promise<void>): Promise<void> => {
  try {
    await work()
  } catch (error) {
    if (json) printJson(failed(failureJson(platformErrorOf(error))))
    throw error
  }
}

/** Asks a person to type a word; fails where nobody can be asked. */
export const askFor = async (question: string, word: string, isAgreed: boolean | undefined): Promise<void> => {
  if (isAgreed) return
  if (!process.stdin.isTTY) {
    throw new PlatformError(`Nobody can be asked to type "${word}". Nothing was done.`, {
      reason: 'usage',
      advice: 'Where a script has to do it: --yes.',
    })
  }
  // On standard error: standard output may be read by a program.
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} Type ${word} to go on: `).finally(() => terminal.close())
  if (answer.trim() === word) return
  throw new PlatformError(`"${answer.trim()}" is not "${word}". Nothing was done.`, { reason: 'usage' })
}

const paintState = (state: string): string => (state === 'ready' ? green(state) : red(state))

// docker.io/library/postgres:18.4@sha256:… is known by its name and tag.
const shortImage = (image: string): string => image.replace(/@sha256:.*$/, '').replace(/^.*\//, '')

/** The table of what runs in a cluster. */
export const clusterTable = (parts: readonly DeployedPart[]): string => {
  const rows = parts.map(({ namespace, name, kind, state, ready, wanted, images, revision }) => [
    name,
    kind,
    namespace,
    state,
    `${ready}/${wanted}`,
    images.map(shortImage).join(' '),
    revision === undefined ? '' : String(revision),
  ])
  const headings = ['part', 'kind', 'namespace', 'state', 'pods', 'image', 'revision']
  return table(headings, rows, (cell, column) => (column === 3 ? paintState(cell) : cell))
}
