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
  metadata: z.looseObject({ name: z.string(), namespace: z.string(), uid: z.string() }),
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

/** It serves, or has done what it was there for. */
export const isWell = ({ status: { phase, containerStatuses } }: Pod): boolean =>
  phase === 'Succeeded' || (phase === 'Running' && containerStatuses.every(({ ready }) => ready))
