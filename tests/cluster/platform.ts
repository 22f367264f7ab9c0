import { join } from 'node:path'
import { helmProgram, kubectlProgram } from '@neotool/platform/binaries/helm-kubectl'
import type { ServicePort } from '@neotool/platform/kubernetes/deploy/forward'
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

/** What an ingress controller calls. */
export const INGRESS_SERVICES = {
  gateway: ['neotool-web', 'gateway', 4000],
  web: ['neotool-web', 'web', 3000],
  minio: ['neotool-storage', 'minio', 9000],
} as const satisfies Readonly<Record<string, ServicePort>>

/** Ports of this machine that lead to them. */
export type ServicePorts = Readonly<Record<keyof typeof INGRESS_SERVICES, number>>

/** How a cluster is reached, with programs of the cache. */
export const accessTo = (kubeconfig: string) => ({
  kubeconfig,
  kubectlProgram: kubectlProgram(),
  helmProgram: helmProgram(),
})
