import { join } from 'node:path'
import { type DeploymentTarget, findTarget } from '@neotool/platform/kubernetes/deploy/target'

export const root = join(import.meta.dirname, '../..')

/** The environment that the tests bring up. */
export const ENVIRONMENT = 'cluster-test'

export const target: DeploymentTarget = findTarget(root, ENVIRONMENT)

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
