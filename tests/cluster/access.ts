import { type Cluster, reachCluster } from '@neotool/platform/kubernetes/cluster'
import { type Forward, forwardTo } from '@neotool/platform/kubernetes/deploy/forward'
import { inject } from 'vitest'
import type { PodMemory } from './idle-memory.ts'
import { accessTo, INGRESS_SERVICES, type ServicePorts } from './platform.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the cluster that the global set-up has brought the platform up in. */
    readonly kubeconfig: string
    /** Of the services' pods once they are deployed and verified, before any load. */
    readonly idleMemory: readonly PodMemory[]
    /** Where the cluster is a node of our own: ports of this machine that lead to Services. */
    readonly servicePorts: ServicePorts | undefined
  }
}

export const access = () => accessTo(inject('kubeconfig'))

/** The cluster that the platform runs in. */
export const theCluster = (): Cluster => reachCluster(access())

/**
 * A port of this machine that leads to a Service: on our own node to its address, as from an ingress controller; in
 * another cluster, whose network this machine is no part of, by kubectl to one of its pods.
 */
export const reach = async (service: keyof ServicePorts): Promise<Forward> => {
  const port = inject('servicePorts')?.[service]
  if (port === undefined) return forwardTo(theCluster(), INGRESS_SERVICES[service])
  return { port, [Symbol.asyncDispose]: async () => {} }
}
