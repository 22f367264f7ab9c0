/** Where a node keeps what it is made of, and what its parts are called. */
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { PlatformError } from '../../failure.ts'

/** The files that a node is made of: configurations, manifests and Dockerfiles. */
export const nodeFiles = join(import.meta.dirname, '../../../kubernetes-node')

const checkout = join(import.meta.dirname, '../../../../..')

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12)

/** One per checkout, so that two of them may have a node each. */
export const defaultNodeDirectory = (): string => `/var/lib/neotool/${hashOf(realpathSync(checkout))}-node`

// The kernel's limit of a socket's path is 107, of which containerd's own names take the rest.
const LONGEST_DIRECTORY = 70

export type NodeLayout = {
  readonly directory: string
  /** Says that the directory is a node's, and which processes hold its namespaces. */
  readonly stateFile: string
  readonly certificates: string
  readonly forwards: string
  readonly containerdSocket: string
  readonly kubeconfig: string
  /** The control group that all its pods are in, below each controller's root. */
  readonly cgroup: string
  logFile(name: string): string
  kubeconfigOf(user: string): string
}

export const nodeLayout = (directory: string): NodeLayout => {
  if (!directory.startsWith('/') || directory.length > LONGEST_DIRECTORY) {
    throw new PlatformError(`${directory} cannot be the directory of a node.`, {
      reason: 'usage',
      advice: `Give an absolute path of at most ${LONGEST_DIRECTORY} characters: the paths of sockets are limited.`,
    })
  }
  return {
    directory,
    stateFile: join(directory, 'neotool-node.json'),
    certificates: join(directory, 'certificates'),
    forwards: join(directory, 'forwards'),
    containerdSocket: join(directory, 'run/containerd.sock'),
    kubeconfig: join(directory, 'kubeconfig'),
    cgroup: `/neotool-${hashOf(directory)}`,
    logFile: (name) => join(directory, 'logs', `${name}.log`),
    kubeconfigOf: (user) => join(directory, 'certificates', `${user}.kubeconfig`),
  }
}

/** Puts the values of a node into the text of one of its files. */
export const fillIn = (text: string, { directory, cgroup }: NodeLayout): string =>
  text.replaceAll('@DIRECTORY@', directory).replaceAll('@CGROUP@', cgroup)

/** One of the node's files, with the values of this node. */
export const readNodeFile = async (layout: NodeLayout, name: string): Promise<string> =>
  fillIn(await readFile(join(nodeFiles, name), 'utf8'), layout)
