import { helmKubectlBinaries, helmProgram, kubectlProgram } from '@neotool/platform/binaries/helm-kubectl'
import { prometheusOperatorDefinitions } from '@neotool/platform/binaries/prometheus-operator'
import { fetchBinaries } from '@neotool/platform/cache'
import { reachCluster } from '@neotool/platform/kubernetes/cluster'
import { buildImages, ourImages, shortName } from '@neotool/platform/kubernetes/images'
import { baseImages, ensureImages } from '@neotool/platform/kubernetes/node/base-images'
import { startClusterNode } from '@neotool/platform/kubernetes/node/cluster-node'
import { withDocker } from '@neotool/platform/kubernetes/node/docker'
import { ensureStandIns, standIns } from '@neotool/platform/kubernetes/node/stand-ins'
import { rollOut } from '@neotool/platform/kubernetes/rollout'
import type { Report } from '@neotool/platform/tasks'
import type { TestProject } from 'vitest/node'
import { platformIn, root } from './platform.ts'

// The backup tools are run by nothing yet.
const NOT_NEEDED = ['ops']

const report: Report = (event) => {
  if (event.kind === 'noted') process.stderr.write(`${event.text}\n`)
  if (event.kind !== 'changed' || event.state === 'running') return
  process.stderr.write(`${event.state} ${event.task} ${event.detail} ${(event.elapsedMs / 1_000).toFixed(0)} s\n`)
}

/** A node of our own with all images on it; answers its kubeconfig. */
const startOwnNode = async (owned: AsyncDisposableStack): Promise<string> => {
  const node = owned.use(await startClusterNode({ report }))
  await withDocker(async (docker) => {
    await ensureImages(docker, baseImages, { report })
    const theirs = await ensureStandIns(
      docker,
      standIns.map(({ reference }) => reference),
      { report },
    )
    const names = ourImages.map(shortName).filter((name) => !NOT_NEEDED.includes(name))
    const ours = await buildImages({ root, names, docker, network: 'host', report })
    await node.importImages([...theirs, ...ours.map(({ reference }) => reference)], docker)
  })
  // What K3s' add-ons bring in production.
  const definitions = await prometheusOperatorDefinitions()
  await node.kubectl(['apply', '--server-side', '-f', definitions])
  await node.kubectl(['wait', '--for=condition=Established', '--timeout=60s', '-f', definitions])
  return node.kubeconfig
}

/** Brings the platform up from nothing: in the cluster of NEOTOOL_TEST_KUBECONFIG, else on a node of our own. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const owned = new AsyncDisposableStack()
  try {
    await fetchBinaries(helmKubectlBinaries, () => {})
    const kubeconfig = process.env.NEOTOOL_TEST_KUBECONFIG || (await startOwnNode(owned))
    const cluster = reachCluster({ kubeconfig, kubectlProgram: kubectlProgram(), helmProgram: helmProgram() })
    await rollOut({ ...platformIn(cluster), bootstrapSecrets: async () => '', report })
    project.provide('kubeconfig', kubeconfig)
  } catch (error) {
    await owned.disposeAsync()
    throw error
  }
  return () => owned.disposeAsync()
}
