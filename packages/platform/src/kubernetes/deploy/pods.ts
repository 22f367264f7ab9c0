/** Pods as the API server tells of them. */
import { z } from 'zod'

const state = z.looseObject({
  waiting: z.looseObject({ reason: z.string().optional(), message: z.string().optional() }).optional(),
  terminated: z.looseObject({ reason: z.string().optional(), exitCode: z.int().optional() }).optional(),
})
const status = z.looseObject({
  name: z.string(),
  ready: z.boolean(),
  restartCount: z.int(),
  image: z.string(),
  state: state.default({}),
})

const pod = z.looseObject({
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    creationTimestamp: z.string().optional(),
    ownerReferences: z.array(z.looseObject({ kind: z.string() })).default([]),
  }),
  status: z.looseObject({
    phase: z.string(),
    message: z.string().optional(),
    containerStatuses: z.array(status).default([]),
    initContainerStatuses: z.array(status).default([]),
  }),
})

export type Pod = z.infer<typeof pod>

export const podList = z.object({ items: z.array(pod) })

export type PodContainer = {
  readonly name: string
  readonly image: string
  readonly isReady: boolean
  readonly isInit: boolean
  readonly restartCount: number
  readonly waiting: { readonly reason?: string | undefined; readonly message?: string | undefined } | undefined
}

/** All containers of a pod, those that prepare it first. */
export const podContainers = ({ status: { initContainerStatuses, containerStatuses } }: Pod): PodContainer[] => {
  const container = (isInit: boolean) => (each: z.infer<typeof status>) => ({
    name: each.name,
    image: each.image,
    isReady: each.ready,
    isInit,
    restartCount: each.restartCount,
    waiting: each.state.waiting,
  })
  return [...initContainerStatuses.map(container(true)), ...containerStatuses.map(container(false))]
}

const STARTS_WITHIN_MS = 60_000
const ON_ITS_WAY: readonly (string | undefined)[] = [undefined, 'ContainerCreating', 'PodInitializing']

/** A pod of a Job that was made a moment ago, as every CronJob makes them again and again: nothing is wrong with it yet. */
export const isStartingJob = (each: Pod): boolean => {
  const { creationTimestamp = '', ownerReferences } = each.metadata
  return (
    each.status.phase === 'Pending' &&
    ownerReferences.some(({ kind }) => kind === 'Job') &&
    Date.now() - Date.parse(creationTimestamp) < STARTS_WITHIN_MS &&
    podContainers(each).every(({ waiting }) => ON_ITS_WAY.includes(waiting?.reason))
  )
}

/** It serves, or has done what it was there for. */
export const isWell = ({ status: { phase, containerStatuses } }: Pod): boolean =>
  phase === 'Succeeded' || (phase === 'Running' && containerStatuses.every(({ ready }) => ready))
