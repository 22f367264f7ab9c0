import { helmProgram, kubectlProgram } from '@neotool/platform/binaries/helm-kubectl'
import { type Cluster, reachCluster } from '@neotool/platform/kubernetes/cluster'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the cluster that the global set-up has brought the platform up in. */
    readonly kubeconfig: string
  }
}

export const access = () => ({
  kubeconfig: inject('kubeconfig'),
  kubectlProgram: kubectlProgram(),
  helmProgram: helmProgram(),
})

/** The cluster that the platform runs in. */
export const theCluster = (): Cluster => reachCluster(access())
