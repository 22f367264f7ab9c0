import { setTimeout as delay } from 'node:timers/promises'
import { identify, isStopped, type ProcessIdentity, treeOf } from '@neotool/platform/processes'
import { eventually } from '@neotool/testkit/eventually'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the cluster is a node of our own: what turns the addresses of Services into those of pods. */
    readonly kubeProxy: ProcessIdentity | undefined
  }
}

// The chart has pods serve on for preStopSeconds and drainSeconds, 10 s together.
const LATE_MS = 2_000

const signalAll = ({ pid }: ProcessIdentity, signal: 'SIGSTOP' | 'SIGCONT') => {
  const members = treeOf(pid)
  // What has started it stops itself when it sees it stopped: it is the first to sleep and the last to wake.
  for (const member of signal === 'SIGSTOP' ? members : members.toReversed()) {
    try {
      process.kill(member, signal)
    } catch (error) {
      // One of its helpers, which has just ended.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
}

/** Whether the addresses of this cluster can be kept back. */
export const canBeLate = (): boolean => inject('kubeProxy') !== undefined

/**
 * Does something of which the node's addresses learn two seconds late, as in a cluster of many or busy nodes: until
 * then new connections still go to pods that have been told to end. In a cluster that is not our own, just does it.
 */
export const withLateAddresses = async (work: () => Promise<unknown>): Promise<void> => {
  const kubeProxy = inject('kubeProxy')
  if (kubeProxy === undefined) return void (await work())
  try {
    signalAll(kubeProxy, 'SIGSTOP')
    const isStill = (pid: number) => isStopped(pid) || identify(pid) === undefined
    await eventually('kube-proxy stands still', () => treeOf(kubeProxy.pid).every(isStill))
    await work()
    await delay(LATE_MS)
  } finally {
    signalAll(kubeProxy, 'SIGCONT')
  }
}
