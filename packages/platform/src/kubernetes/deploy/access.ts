/*
 * The way to an environment's cluster: the kubeconfig that a person names, or the one that Terraform knows of the machines
 * that it has made, which may be none yet.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { PlatformError } from '../../failure.ts'
import { type Cluster, type ClusterCommand, reachCluster } from '../cluster.ts'
import type { DeploymentTarget } from './target.ts'
import { openTerraform, type Terraform } from './terraform.ts'

export type ClusterAccess = AsyncDisposable & {
  /** Makes the machines; undefined where a person has named a cluster. */
  readonly terraform: Terraform | undefined
  /** How a command names the cluster: for commands that a person shall run next. */
  readonly option: string
  /** What an overlay stands for can be said without a cluster. */
  readonly kubectl: ClusterCommand
  /** The cluster; throws while there is none. */
  cluster(): Promise<Cluster>
  /** The cluster where it answers; a new environment has none. */
  clusterIfThere(): Promise<Cluster | undefined>
}

type AccessOptions = {
  readonly target: DeploymentTarget
  readonly kubeconfig?: string | undefined
  readonly signal?: AbortSignal | undefined
}

// As the person has them: whose kubectl it is decides how it logs in.
const PROGRAMS = { kubectlProgram: 'kubectl', helmProgram: 'helm' } as const

const INSTALL: Readonly<Record<string, string>> = {
  kubectl: 'https://kubernetes.io/docs/tasks/tools',
  helm: 'https://helm.sh/docs/intro/install',
  terraform: 'https://developer.hashicorp.com/terraform/install',
}

/** Fails, naming all of them, where programs are not on the PATH. */
export const assertPrograms = async (programs: readonly string[]): Promise<void> => {
  const args = (program: string) => ['version', ...(program === 'kubectl' ? ['--client'] : [])]
  const found = await Promise.all(programs.map((program) => execa(program, args(program), { reject: false })))
  const missing = programs.filter((_, index) => found[index]?.exitCode === undefined)
  if (missing.length === 0) return
  throw new PlatformError(`This needs ${missing.join(' and ')} on the PATH.`, {
    reason: 'prerequisite',
    advice: `Install ${missing.map((program) => `${program} (${INSTALL[program]})`).join(', ')} and run this again.`,
  })
}

/** Finds the programs and the way to the cluster; nothing is changed or asked yet. */
export const openAccess = async ({ target, kubeconfig, signal }: AccessOptions): Promise<ClusterAccess> => {
  if (kubeconfig !== undefined) {
    await assertPrograms(['kubectl', 'helm'])
    return accessByFile(kubeconfig)
  }
  if (target.terraform !== undefined) {
    await assertPrograms(['kubectl', 'helm', 'terraform'])
    return accessByTerraform(target.terraform, signal)
  }
  throw new PlatformError(`Nothing says where the cluster of ${target.name} is.`, {
    reason: 'usage',
    advice: `Name it: --kubeconfig FILE. Terraform has no environment ${target.name} that could make it.`,
  })
}

const answers = async (cluster: Cluster, signal?: AbortSignal): Promise<boolean> =>
  cluster.kubectl(['version', '--request-timeout=10s'], { signal }).then(
    () => true,
    () => false,
  )

const accessByFile = (kubeconfig: string): ClusterAccess => {
  const cluster = reachCluster({ kubeconfig, ...PROGRAMS })
  return {
    terraform: undefined,
    kubectl: cluster.kubectl,
    option: ` --kubeconfig ${kubeconfig}`,
    cluster: async () => cluster,
    // A person has named it: where it does not answer, that is a fault, and not an environment that is yet to come.
    clusterIfThere: async () => cluster,
    [Symbol.asyncDispose]: async () => {},
  }
}

const accessByTerraform = async (directory: string, signal?: AbortSignal): Promise<ClusterAccess> => {
  const owned = new AsyncDisposableStack()
  const terraform = owned.use(await openTerraform(directory, signal))
  const secret = await mkdtemp(join(tmpdir(), 'neotool-kubeconfig-'))
  owned.defer(() => rm(secret, { recursive: true, force: true }))
  const find = async (): Promise<Cluster | undefined> => {
    const content = await terraform.kubeconfig()
    if (content === undefined || content === '') return undefined
    const kubeconfig = join(secret, 'kubeconfig')
    await writeFile(kubeconfig, content, { mode: 0o600 })
    return reachCluster({ kubeconfig, ...PROGRAMS })
  }
  return {
    terraform,
    kubectl: reachCluster(PROGRAMS).kubectl,
    option: '',
    cluster: async () => {
      const cluster = await find()
      if (cluster !== undefined) return cluster
      throw new PlatformError('Terraform knows of no cluster yet: it has no output "kubeconfig".', {
        advice: 'Begin with its step: leave --from away. --kubeconfig FILE names a cluster that others have made.',
      })
    },
    clusterIfThere: async () => {
      const cluster = await find()
      return cluster !== undefined && (await answers(cluster, signal)) ? cluster : undefined
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
