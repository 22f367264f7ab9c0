import { helmKubectlBinaries } from '@neotool/platform/binaries/helm-kubectl'
import { fetchBinaries } from '@neotool/platform/cache'
import { reachCluster } from '@neotool/platform/kubernetes/cluster'
import type { ServicePort } from '@neotool/platform/kubernetes/deploy/forward'
import type { ClusterNode } from '@neotool/platform/kubernetes/node/cluster-node'
import type { Report } from '@neotool/platform/tasks'
import type { TestProject } from 'vitest/node'
import { serviceMemory } from './idle-memory.ts'
import { neotool } from './neotool.ts'
import { startOwnNode } from './own-node.ts'
import { accessTo, ENVIRONMENT, INGRESS_SERVICES, type ServicePorts } from './platform.ts'

const report: Report = (event) => {
  if (event.kind === 'noted') process.stderr.write(`${event.text}\n`)
  if (event.kind !== 'changed' || event.state === 'running') return
  process.stderr.write(`${event.state} ${event.task} ${event.detail} ${(event.elapsedMs / 1_000).toFixed(0)} s\n`)
}

/** The Services that an ingress controller calls, each by its own address, as from inside the cluster. */
const openServices = async (node: ClusterNode): Promise<ServicePorts> => {
  const open = async (...place: ServicePort) => (await node.forward(...place)).port
  const { gateway, web, minio } = INGRESS_SERVICES
  return { gateway: await open(...gateway), web: await open(...web), minio: await open(...minio) }
}

/** Brings the platform up as a person does: in the cluster of NEOTOOL_TEST_KUBECONFIG, else on a node of our own. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const owned = new AsyncDisposableStack()
  try {
    await fetchBinaries(helmKubectlBinaries, () => {})
    const theirs = process.env.NEOTOOL_TEST_KUBECONFIG || undefined
    const node = theirs === undefined ? owned.use(await startOwnNode(report)) : undefined
    const kubeconfig = theirs ?? node?.kubeconfig ?? ''
    const { exitCode, stdout, stderr } = await neotool('deploy', ENVIRONMENT, '--kubeconfig', kubeconfig)
    process.stderr.write(`${stdout}\n${stderr}\n`)
    if (exitCode !== 0) throw new Error(`neotool deploy ended with ${exitCode}`)
    project.provide('kubeconfig', kubeconfig)
    const idleMemory = await serviceMemory(reachCluster(accessTo(kubeconfig)))
    const inMebibytes = idleMemory.map(({ pod, usedBytes }) => `${pod} ${(usedBytes / 2 ** 20).toFixed(0)} MiB`)
    process.stderr.write(`Idle: ${inMebibytes.join(', ')}\n`)
    project.provide('idleMemory', idleMemory)
    project.provide('kubeProxy', node?.kubeProxy)
    project.provide('servicePorts', node && (await openServices(node)))
  } catch (error) {
    await owned.disposeAsync()
    throw error
  }
  return () => owned.disposeAsync()
}
