import { join } from 'node:path'
import type { Cluster } from '@neotool/platform/kubernetes/cluster'
import type { Rollout } from '@neotool/platform/kubernetes/rollout'

export const root = join(import.meta.dirname, '../..')

export const NAMESPACES = [
  'neotool-app',
  'neotool-web',
  'neotool-data',
  'neotool-messaging',
  'neotool-storage',
  'neotool-security',
  'neotool-workflows',
  'neotool-observability',
] as const

/** What the tests bring up: the local environment under a thin overlay. */
export const platformIn = (cluster: Cluster): Omit<Rollout, 'bootstrapSecrets' | 'report'> => ({
  root,
  cluster,
  environment: 'local',
  overlay: join(import.meta.dirname, 'overlay'),
  moreValues: [join(import.meta.dirname, 'values.yaml')],
})
