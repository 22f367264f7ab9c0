import { helmKubectlBinaries, helmProgram, kubectlProgram } from '@neotool/platform/binaries/helm-kubectl'
import { fetchBinaries } from '@neotool/platform/cache'
import { type Cluster, reachCluster } from '@neotool/platform/kubernetes/cluster'
import { rollOut } from '@neotool/platform/kubernetes/rollout'
import { ensureBootstrapSecrets } from '@neotool/platform/kubernetes/secrets'
import type { Report } from '@neotool/platform/tasks'
import type { TestProject } from 'vitest/node'
import { startOwnNode } from './own-node.ts'
import { platformIn } from './platform.ts'

const report: Report = (event) => {
  if (event.kind === 'noted') process.stderr.write(`${event.text}\n`)
  if (event.kind !== 'changed' || event.state === 'running') return
  process.stderr.write(`${event.state} ${event.task} ${event.detail} ${(event.elapsedMs / 1_000).toFixed(0)} s\n`)
}

const secretsOf = (cluster: Cluster) => async (): Promise<string> => {
  const outcomes = await ensureBootstrapSecrets({ cluster, environment: 'local' })
  return `${outcomes.length} Secrets`
}

/** Brings the platform up from nothing: in the cluster of NEOTOOL_TEST_KUBECONFIG, else on a node of our own. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const owned = new AsyncDisposableStack()
  try {
    await fetchBinaries(helmKubectlBinaries, () => {})
    const kubeconfig = process.env.NEOTOOL_TEST_KUBECONFIG || owned.use(await startOwnNode(report)).kubeconfig
    const cluster = reachCluster({ kubeconfig, kubectlProgram: kubectlProgram(), helmProgram: helmProgram() })
    await rollOut({ ...platformIn(cluster), bootstrapSecrets: secretsOf(cluster), report })
    project.provide('kubeconfig', kubeconfig)
  } catch (error) {
    await owned.disposeAsync()
    throw error
  }
  return () => owned.disposeAsync()
}
