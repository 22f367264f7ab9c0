import { helmKubectlBinaries } from '@neotool/platform/binaries/helm-kubectl'
import { fetchBinaries } from '@neotool/platform/cache'
import type { Report } from '@neotool/platform/tasks'
import type { TestProject } from 'vitest/node'
import { neotool } from './neotool.ts'
import { startOwnNode } from './own-node.ts'
import { ENVIRONMENT } from './platform.ts'

const report: Report = (event) => {
  if (event.kind === 'noted') process.stderr.write(`${event.text}\n`)
  if (event.kind !== 'changed' || event.state === 'running') return
  process.stderr.write(`${event.state} ${event.task} ${event.detail} ${(event.elapsedMs / 1_000).toFixed(0)} s\n`)
}

/** Brings the platform up as a person does: in the cluster of NEOTOOL_TEST_KUBECONFIG, else on a node of our own. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const owned = new AsyncDisposableStack()
  try {
    await fetchBinaries(helmKubectlBinaries, () => {})
    const kubeconfig = process.env.NEOTOOL_TEST_KUBECONFIG || owned.use(await startOwnNode(report)).kubeconfig
    const { exitCode, stdout, stderr } = await neotool('deploy', ENVIRONMENT, '--kubeconfig', kubeconfig)
    process.stderr.write(`${stdout}\n${stderr}\n`)
    if (exitCode !== 0) throw new Error(`neotool deploy ended with ${exitCode}`)
    project.provide('kubeconfig', kubeconfig)
  } catch (error) {
    await owned.disposeAsync()
    throw error
  }
  return () => owned.disposeAsync()
}
