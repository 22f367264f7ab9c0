/** A cluster as a person reaches it: by kubectl and helm, with a kubeconfig. */
import { runCommand } from '../run-command.ts'

type CommandOptions = {
  /** What it reads on its standard input: manifests, and what must not be on a command line. */
  readonly input?: string
  readonly signal?: AbortSignal | undefined
  readonly onLine?: (line: string) => void
}

export type ClusterCommand = (args: readonly string[], options?: CommandOptions) => Promise<string>

export type Cluster = {
  /** Answers what kubectl printed; throws with its last lines where it failed. */
  readonly kubectl: ClusterCommand
  readonly helm: ClusterCommand
}

export type ClusterAccess = {
  /** Without it the programs look where they always do: KUBECONFIG, then ~/.kube/config. */
  readonly kubeconfig?: string | undefined
  readonly kubectlProgram: string
  readonly helmProgram: string
}

/** What is said where kubectl or helm has failed and nobody knows better. */
export const reachAdvice = 'Look whether the cluster answers: kubectl version. --kubeconfig FILE names another one.'

/** Runs kubectl and helm against one cluster. */
export const reachCluster = ({ kubeconfig, kubectlProgram, helmProgram }: ClusterAccess): Cluster => {
  const env = { ...process.env, ...(kubeconfig !== undefined && { KUBECONFIG: kubeconfig }) }
  const commandOf =
    (program: string): ClusterCommand =>
    (args, options = {}) =>
      runCommand(program, args, { cwd: process.cwd(), env, advice: reachAdvice, ...options })
  return { kubectl: commandOf(kubectlProgram), helm: commandOf(helmProgram) }
}
