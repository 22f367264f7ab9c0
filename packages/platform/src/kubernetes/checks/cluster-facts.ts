/** What the manifests of an environment take for granted of its cluster. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { type EnvironmentName, overlayIn } from '../releases.ts'
import type { Resources } from './capacity.ts'
import { quantity } from './quantity.ts'

export type ClusterFacts = {
  readonly nodes: number
  /** How many of them may be gone. */
  readonly spare: number
  /** What pods may request of each. */
  readonly node: Resources
  /** Those that it brings itself. */
  readonly storageClasses: readonly string[]
}

const environmentFile = z.looseObject({
  data: z.object({ nodes: z.string(), nodeCpu: z.string(), nodeMemory: z.string(), storageClass: z.string() }),
})

/** Of a small machine's two cores, what K3s and the person at it leave; and its 8 GB. */
const smallMachine: ClusterFacts = {
  nodes: 1,
  spare: 0,
  node: { cores: 1.6, bytes: 8e9 },
  storageClasses: ['local-path'],
}

/** The facts of an environment; those of production are in its environment.yaml. */
export const clusterFacts = (root: string, environment: EnvironmentName): ClusterFacts => {
  if (environment === 'local') return smallMachine
  const text = readFileSync(join(overlayIn(root, environment), 'environment.yaml'), 'utf8')
  const { nodes, nodeCpu, nodeMemory, storageClass } = environmentFile.parse(parse(text)).data
  return {
    nodes: Number(nodes),
    spare: 1,
    node: { cores: quantity(nodeCpu), bytes: quantity(nodeMemory) },
    storageClasses: ['local-path', storageClass],
  }
}
