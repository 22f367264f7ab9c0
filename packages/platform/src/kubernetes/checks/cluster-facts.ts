/** What the manifests of an environment take for granted of its cluster. */
import { type Environment, readEnvironmentFile } from '../environment-file.ts'
import type { Resources } from './capacity.ts'

export type ClusterFacts = {
  readonly nodes: number
  /** How many of them may be gone. */
  readonly spare: number
  /** What pods may request of each. */
  readonly node: Resources
  /** Those that it brings itself. */
  readonly storageClasses: readonly string[]
}

/** Of the machine of one node, what K3s and the person at it leave. */
const SHARE_OF_OWN_MACHINE = 0.8

/** The facts of an environment, by its file. */
export const clusterFacts = (root: string, environment: string | Environment): ClusterFacts => {
  const { kind, nodes, volumes } =
    typeof environment === 'string' ? readEnvironmentFile(root, environment) : environment
  const isAlone = kind === 'local'
  return {
    nodes: nodes.count,
    spare: isAlone ? 0 : 1,
    node: { cores: nodes.cpu * (isAlone ? SHARE_OF_OWN_MACHINE : 1), bytes: nodes.memoryGb * 1e9 },
    storageClasses: [...new Set(['local-path', volumes.storageClass])],
  }
}
