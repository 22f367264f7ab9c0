/*
 * Waiting for pods has a long deadline, because some things take long. This looks at the pods meanwhile, and ends the wait
 * as soon as one of them cannot come up: nobody should wait ten minutes to be told that a tag does not exist.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { PlatformError } from '../../failure.ts'
import type { Cluster } from '../cluster.ts'
import { type PodContainer, podContainers, podList } from './pods.ts'

type Watch = {
  readonly cluster: Cluster
  readonly namespaces: readonly string[]
  /** Which pods of the namespaces; all of them without it. */
  readonly selector?: string
  readonly signal?: AbortSignal | undefined
}

const LOOK_EVERY_MS = 2_000
// A registry may be slow to answer once, so the kubelet has tried some times by then.
const PATIENCE_MS = 30_000
// With the kubelet's growing pauses that takes two to three minutes.
const MOST_CRASHES = 5

const NO_IMAGE = ['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull']
const BROKEN = [...NO_IMAGE, 'CreateContainerConfigError', 'CreateContainerError', 'RunContainerError']

const isCrashing = ({ restartCount, waiting }: PodContainer) =>
  waiting?.reason === 'CrashLoopBackOff' && restartCount >= MOST_CRASHES

/** Runs work that waits for pods; its signal is aborted, with the reason thrown here, when a pod of them cannot come up. */
export const whileThereIsHope = async <Result>(
  watch: Watch,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> => {
  const ended = new AbortController()
  const hopeless = new AbortController()
  const signal = AbortSignal.any([ended.signal, hopeless.signal, ...(watch.signal ? [watch.signal] : [])])
  const watching = look({ ...watch, signal: ended.signal }, (fault) => hopeless.abort(fault))
  try {
    return await work(signal)
  } finally {
    // What still waits, waits for nothing: where one of many has failed, the others are not of interest any more.
    ended.abort()
    await watching
  }
}

const look = async (watch: Watch, giveUp: (fault: PlatformError) => void): Promise<void> => {
  const since = new Map<string, number>()
  while (!watch.signal?.aborted) {
    const troubled = await broken(watch).catch(() => new Map<string, string>())
    for (const key of since.keys()) if (!troubled.has(key)) since.delete(key)
    for (const [key, fault] of troubled) {
      const begin = since.get(key) ?? Date.now()
      since.set(key, begin)
      if (Date.now() - begin < PATIENCE_MS) continue
      return giveUp(new PlatformError(fault))
    }
    await delay(LOOK_EVERY_MS, undefined, { signal: watch.signal }).catch(() => {})
  }
}

/** What is said of each container that cannot start, by pod and container. */
const broken = async ({ cluster, namespaces, selector, signal }: Watch): Promise<Map<string, string>> => {
  const which = selector === undefined ? [] : ['--selector', selector]
  const found = await Promise.all(
    namespaces.map(async (namespace) =>
      podList.parse(
        JSON.parse(
          await cluster.kubectl(['get', 'pods', '--namespace', namespace, ...which, '-o', 'json'], { signal }),
        ),
      ),
    ),
  )
  const faults = new Map<string, string>()
  for (const pod of found.flatMap(({ items }) => items)) {
    for (const container of podContainers(pod)) {
      const { name, image, waiting } = container
      if (!isCrashing(container) && !BROKEN.includes(waiting?.reason ?? '')) continue
      const what = NO_IMAGE.includes(waiting?.reason ?? '') ? `its image ${image} cannot be had` : 'it cannot run'
      faults.set(
        `${pod.metadata.uid} ${name}`,
        `Pod ${pod.metadata.namespace}/${pod.metadata.name}, container ${name}: ${what} (${waiting?.reason}).`,
      )
    }
  }
  return faults
}
