/*
 * A node lives in namespaces of its own: of processes, of mounts and of the network. One process holds them, and ends
 * with the one that started the node, kill -9 included; the kernel then ends every process in them, pods too, and takes
 * their mounts and network with it. So a node leaves nothing behind that runs, whatever becomes of its owner.
 */
import { mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { rmdir } from 'node:fs/promises'
import { z } from 'zod'
import { pauseProgram } from '../../binaries/pause.ts'
import { PlatformError } from '../../failure.ts'
import { readJsonFile, writeJsonFile } from '../../json-file.ts'
import { lastLines } from '../../log-tail.ts'
import { waitUntilReady } from '../../probe.ts'
import { identify, identitySchema, isAlive, stopProcess, treeOf } from '../../processes.ts'
import { runCommand } from '../../run-command.ts'
import { startChild } from '../../test-servers.ts'
import type { NodeLayout } from './layout.ts'
import { NODE_ADDRESS } from './programs.ts'

const stateSchema = z.object({
  /** The first process of the node's namespaces, as this machine knows it. */
  first: identitySchema.optional(),
  /** Mount points that the machine did not have. */
  madeDirectories: z.array(z.string()),
})

export type NodeState = z.infer<typeof stateSchema>

export const readNodeState = ({ stateFile }: NodeLayout): NodeState | undefined => readJsonFile(stateFile, stateSchema)

export type Namespaces = {
  /** Begins a command that sees the node's network, and else this machine. */
  readonly inNetwork: readonly string[]
  /** Begins a command that is a part of the node. */
  readonly inNode: readonly string[]
}

// What containerd, the kubelet and CNI write to whatever they are told: these paths are built into them.
const privateDirectories = ['/run', '/var/log', '/var/lib/kubelet', '/var/lib/cni']

// The kubelet sets these. They are the machine's, so it is shown files instead.
const kernelSettings = [
  'vm/overcommit_memory',
  'vm/panic_on_oom',
  'kernel/panic',
  'kernel/panic_on_oops',
  'kernel/keys/root_maxkeys',
  'kernel/keys/root_maxbytes',
]

const setUp = ({ directory }: NodeLayout): string => `
set -e
# As systemd has it: a pod may ask for what is mounted on the node later.
mount --make-rshared /
for private in ${privateDirectories.join(' ')}; do mount -t tmpfs -o mode=755 tmpfs "$private"; done
for setting in ${kernelSettings.join(' ')}; do
  file=${directory}/kernel/$setting
  mkdir -p "$(dirname "$file")"
  cat "/proc/sys/$setting" >"$file"
  mount --bind "$file" "/proc/sys/$setting"
done
ip link set lo up
# The node has a network interface, as kube-proxy and the kubelet expect, but nobody is at its other end.
ip link add node0 type veth peer name node0-peer
ip addr add ${NODE_ADDRESS}/24 dev node0
ip link set node0 up
ip link set node0-peer up
ip route add default dev node0
echo 1 >/proc/sys/net/ipv4/ip_forward
`

const programOf = (pid: number): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return undefined
  }
}

/** Makes the directory of a node and marks it as one, before there is anything else that would have to be removed. */
export const claimDirectory = (layout: NodeLayout): NodeState => {
  mkdirSync(layout.directory, { recursive: true, mode: 0o755 })
  const madeDirectories = privateDirectories.flatMap((path) => mkdirSync(path, { recursive: true }) ?? [])
  const state = { madeDirectories }
  writeJsonFile(layout.stateFile, state satisfies NodeState)
  return state
}

/** Makes the namespaces of a node whose directory was claimed. */
export const startNamespaces = async (
  layout: NodeLayout,
  { madeDirectories }: NodeState,
  signal?: AbortSignal,
): Promise<Namespaces> => {
  const logFile = layout.logFile('namespaces')
  const pause = realpathSync(pauseProgram())
  const unshare = ['--mount', '--propagation=private', '--net', '--pid', '--fork', '--mount-proc', '--kill-child=KILL']
  const at = { directory: layout.directory, logFile, owner: undefined, stopSignal: 'SIGKILL' as const }
  const { identity } = startChild('unshare', [...unshare, pause], at)
  const findFirst = () => treeOf(identity.pid).find((pid) => pid !== identity.pid && programOf(pid) === pause)
  const probe = async () => {
    if (findFirst() !== undefined) return
    if (isAlive(identity)) throw new Error('unshare has not started it')
    throw new PlatformError("The node's namespaces could not be made.", { logLines: lastLines(logFile, 15) })
  }
  await waitUntilReady("The first process of the node's namespaces", probe, { withinMs: 60_000, everyMs: 20 })
  const first = identify(findFirst() ?? 0)
  if (!first) throw new PlatformError("The first process of the node's namespaces ended at once.")
  writeJsonFile(layout.stateFile, { first, madeDirectories } satisfies NodeState)
  const enter = (...namespaces: string[]) => ['nsenter', `--target=${first.pid}`, ...namespaces, '--']
  const namespaces = { inNetwork: enter('--net'), inNode: enter('--mount', '--net', '--pid') }
  const [command = '', ...args] = [...namespaces.inNode, 'sh', '-c', setUp(layout)]
  await runCommand(command, args, { cwd: '/', signal })
  return namespaces
}

/** Whether something is mounted there as any process of this machine sees it. */
const isMountedBySomebody = (path: string): boolean =>
  readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(` ${path} `)
    } catch {
      // It has just ended.
      return false
    }
  })

/** Ends everything in the namespaces of a node. */
export const endNamespaces = async ({ first, madeDirectories }: NodeState): Promise<void> => {
  // Once it has ended, so has every other process in its namespace: the kernel sees to it.
  if (first) await stopProcess(first, { stopSignal: 'SIGKILL', graceMs: 120_000 })
  if (first && isAlive(first)) {
    const others = treeOf(first.pid).filter((pid) => pid !== first.pid)
    throw new PlatformError(`The node's first process (pid ${first.pid}) did not end within 2 min after SIGKILL.`, {
      advice:
        others.length > 0
          ? `It waits for these to end: ${others.join(' ')}. ps says what each of them waits for.`
          : 'Somebody outside has not taken note of the end of what it brought in: look for an nsenter that is stopped (ps, T).',
    })
  }
  // With its mount point, the mount of another node would go too.
  for (const path of madeDirectories) if (!isMountedBySomebody(path)) await rmdir(path).catch(() => {})
}
