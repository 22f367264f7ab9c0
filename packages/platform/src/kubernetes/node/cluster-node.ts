/*
 * A Kubernetes of one node, for tests: the real programs and real pods, thrown away at the end. It needs root and
 * Linux. Its pods have no way to the outside, and no image can be pulled: importImages brings them.
 */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { kubernetesProgram } from '../../binaries/kubernetes.ts'
import { fetchBinaries } from '../../cache.ts'
import { isRoot } from '../../data-owner.ts'
import { ensurePackages } from '../../debian-packages.ts'
import { PlatformError } from '../../failure.ts'
import { waitForLock } from '../../lock.ts'
import type { ProcessIdentity } from '../../processes.ts'
import { type Report, runTask } from '../../tasks.ts'
import { type ClusterCommand, reachCluster } from '../cluster.ts'
import type { Docker } from '../images-docker.ts'
import { applyAddOns, importAddOns, waitForAddOns } from './add-ons.ts'
import { ownBinaries } from './binaries.ts'
import { makeCertificates, readKubeconfig } from './certificates.ts'
import { makeControlGroup, removeControlGroup } from './control-groups.ts'
import { type Forward, openForward } from './forward.ts'
import { askContainerd, importFromDocker } from './images.ts'
import { type Launcher, makeLauncher } from './launch.ts'
import { defaultNodeDirectory, type NodeLayout, nodeLayout, readNodeFile } from './layout.ts'
import { claimDirectory, endNamespaces, readNodeState, startNamespaces } from './namespaces.ts'
import {
  API_PORT,
  apiServer,
  containerd,
  controllerManager,
  etcd,
  kubelet,
  kubeProxy,
  NODE_NAME,
  type NodeProgram,
  scheduler,
} from './programs.ts'

export type ClusterNode = AsyncDisposable & {
  /** A file that gives every right in the cluster, from this machine. */
  readonly kubeconfig: string
  readonly kubectl: ClusterCommand
  /** Begins a command that runs in the node's network, where addresses of Services and pods are reachable. */
  readonly inNetwork: readonly string[]
  /** What turns the addresses of Services into those of pods, with the process that started it. */
  readonly kubeProxy: ProcessIdentity
  /** Gives the node images that Docker has; pods name them with the same name and tag. */
  importImages(names: readonly string[], docker: Docker): Promise<void>
  /** Opens a port of this machine that leads to a Service: each connection to one of the pods that are ready then. */
  forward(namespace: string, service: string, port: number): Promise<Forward>
}

export type ClusterNodeOptions = {
  /** What it keeps, all of it removed at the end; one of this checkout's own when it is left out. */
  readonly directory?: string
  readonly signal?: AbortSignal
  readonly report?: Report
}

/** The Debian packages that a node needs, each with a file that shows it is there. */
export const nodePackages = {
  conntrack: 'conntrack',
  containerd: 'containerd',
  'containernetworking-plugins': '/usr/lib/cni/ptp',
  'etcd-server': 'etcd',
  ethtool: 'ethtool',
  iproute2: 'ip',
  iptables: 'iptables',
  nftables: 'nft',
  openssl: 'openssl',
  runc: 'runc',
  socat: 'socat',
  'busybox-static': '/bin/busybox',
}

const READY_WITHIN_SECONDS = 300

/** Removes what a node has made, whether it was ended or killed. */
const removeNode = async (layout: NodeLayout): Promise<void> => {
  const state = readNodeState(layout)
  if (state) await endNamespaces(state)
  await removeControlGroup(layout.cgroup)
  await rm(layout.directory, { recursive: true, force: true, maxRetries: 5 })
}

const assertOurs = async ({ directory, stateFile }: NodeLayout): Promise<void> => {
  if (!existsSync(directory) || existsSync(stateFile) || (await readdir(directory)).length === 0) return
  throw new PlatformError(`${directory} is not empty, and no node made it.`, {
    reason: 'usage',
    advice: 'Everything in the directory of a node is removed with it: name one that does not exist.',
  })
}

/** Waits for every piece of work, also after one has failed: what it writes to is about to be removed. */
const allEnded = async (work: readonly Promise<void>[]): Promise<void> => {
  const failed = (await Promise.allSettled(work)).find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}

const startPrograms = async (
  layout: NodeLayout,
  { start, untilReady }: Launcher,
  kubectl: ClusterCommand,
  signal?: AbortSignal,
): Promise<ProcessIdentity> => {
  const within = READY_WITHIN_SECONDS * 1_000
  const startAndWait = (program: NodeProgram, ask: () => Promise<unknown>) => {
    start(program)
    return untilReady(program, ask, within)
  }
  const startApi = async () => {
    start(etcd(layout))
    await startAndWait(apiServer(layout), () => kubectl(['get', '--raw', '/readyz']))
    start(controllerManager(layout))
    start(scheduler(layout))
  }
  const startContainers = async () => {
    await startAndWait(containerd(layout), () => askContainerd(layout))
    await importAddOns(layout, signal)
  }
  await allEnded([startApi(), startContainers()])
  await applyAddOns(layout, kubectl, signal)
  const proxy = start(kubeProxy(layout))
  const isReady = ['wait', '--for=condition=Ready', `node/${NODE_NAME}`, '--timeout=1s']
  await startAndWait(kubelet(layout), () => kubectl(isReady))
  await waitForAddOns(kubectl, READY_WITHIN_SECONDS, signal)
  return proxy
}

/** What has been opened and started so far, also when the start fails. */
type Opened = { readonly forwards: Forward[]; readonly launchers: Launcher[] }

const startNode = async (layout: NodeLayout, { forwards, launchers }: Opened, signal?: AbortSignal) => {
  const state = claimDirectory(layout)
  for (const path of ['logs', 'cni']) await mkdir(join(layout.directory, path), { mode: 0o755 })
  const namespaces = await startNamespaces(layout, state, signal)
  await makeCertificates(layout, signal)
  makeControlGroup(layout.cgroup)
  const files = ['containerd.toml', 'kubelet.yaml', 'resolv.conf', 'cni/neotool.conflist']
  for (const file of files) await writeFile(join(layout.directory, file), await readNodeFile(layout, file))
  const api = await openForward(layout, namespaces, `127.0.0.1:${API_PORT}`, signal)
  forwards.push(api)
  await writeFile(layout.kubeconfig, await readKubeconfig(layout, 'admin', api.port), { mode: 0o600 })
  const access = { kubeconfig: layout.kubeconfig, kubectlProgram: kubernetesProgram('kubectl'), helmProgram: 'helm' }
  const { kubectl } = reachCluster(access)
  const launcher = makeLauncher(layout, namespaces, signal)
  launchers.push(launcher)
  const proxy = await startPrograms(layout, launcher, kubectl, signal)
  return { namespaces, kubectl, proxy }
}

const fetchPrograms = async (report: Report, signal?: AbortSignal) =>
  runTask(report, 'programs of the cluster', async (progress) => {
    await ensurePackages('A Kubernetes node needs programs of Debian', nodePackages, { progress, signal })
    for (const binaries of ownBinaries)
      await fetchBinaries(binaries, (text) => progress(`${binaries.title}: ${text}`), signal)
    return ''
  })

/** Starts a cluster of one node and resolves once it runs pods; builds its programs when they are missing. */
export const startClusterNode = async (options: ClusterNodeOptions = {}): Promise<ClusterNode> => {
  const { signal, report = () => {} } = options
  const layout = nodeLayout(options.directory ?? defaultNodeDirectory())
  if (!isRoot()) {
    throw new PlatformError('A Kubernetes node can only be started by root: it makes networks and mounts.', {
      reason: 'prerequisite',
      advice: 'Run this as root, or name a cluster that runs already with --kubeconfig.',
    })
  }
  await assertOurs(layout)
  await fetchPrograms(report, signal)
  await mkdir(dirname(layout.directory), { recursive: true, mode: 0o755 })
  const lock = await waitForLock(
    `${layout.directory}.lock`,
    () => report({ kind: 'noted', text: `Another node works in ${layout.directory}; waiting for its end …` }),
    signal,
  )
  const opened: Opened = { forwards: [], launchers: [] }
  const stop = async () => {
    try {
      for (const forward of opened.forwards.splice(0)) await forward.close()
      for (const launcher of opened.launchers.splice(0)) await launcher.end()
      await removeNode(layout)
    } finally {
      await lock.release()
    }
  }
  try {
    await removeNode(layout)
    const begin = Date.now()
    const { namespaces, kubectl, proxy } = await startNode(layout, opened, signal)
    const elapsedMs = Date.now() - begin
    report({ kind: 'changed', task: 'cluster of one node', state: 'done', detail: NODE_NAME, elapsedMs })
    let stopping: Promise<void> | undefined
    return {
      kubeconfig: layout.kubeconfig,
      kubectl,
      inNetwork: namespaces.inNetwork,
      kubeProxy: proxy,
      importImages: (names, docker) => importFromDocker(layout, docker, names, signal),
      forward: async (namespace, service, port) => {
        const query = ['get', 'service', service, '--namespace', namespace, '--output=jsonpath={.spec.clusterIP}']
        const forward = await openForward(layout, namespaces, `${await kubectl(query, { signal })}:${port}`, signal)
        opened.forwards.push(forward)
        return forward
      },
      [Symbol.asyncDispose]: () => {
        stopping ??= stop()
        return stopping
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
