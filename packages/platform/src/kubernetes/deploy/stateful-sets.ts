/*
 * What a StatefulSet does not do by itself: have its volumes grow, and go on from a pod that will never be ready. Both are
 * done without a moment in which a pod that works is away.
 */
import { z } from 'zod'
import { messageOf, PlatformError } from '../../failure.ts'
import { quantity } from '../checks/quantity.ts'
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, nameOf, toYaml } from '../objects.ts'
import { APPLY, placeOf } from './kubectl.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

const claims = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ resources: z.looseObject({ requests: z.looseObject({ storage: z.string() }) }) }),
})
const withClaims = z.looseObject({ spec: z.looseObject({ volumeClaimTemplates: z.array(claims).default([]) }) })

const REFUSED = 'updates to statefulset spec for fields other than'

/** Whether the server refuses the StatefulSet because something in it can only be set when it is made: its volumes, say. */
export const isRefused = async ({ cluster, signal }: Work, object: KubernetesObject): Promise<boolean> => {
  const args = [...APPLY, '--dry-run=server', '--filename', '-']
  try {
    await cluster.kubectl(args, { input: toYaml([object]), signal })
    return false
  } catch (error) {
    if (error instanceof PlatformError && error.logLines.some((line) => line.includes(REFUSED))) return true
    throw error
  }
}

/** Makes way for a StatefulSet that the server would refuse: its volumes grow, and the one of before goes without its pods. */
export const yieldToChange = async (work: Work, object: KubernetesObject): Promise<void> => {
  if (!(await isRefused(work, object))) return
  // Before anything is removed: some volumes cannot grow.
  await growVolumes(work, object)
  const { cluster, signal } = work
  await cluster.kubectl(['delete', ...placeOf(object), '--cascade=orphan', '--wait'], { signal })
}

const growVolumes = async ({ cluster, signal }: Work, object: KubernetesObject): Promise<void> => {
  const { name, namespace = 'default' } = object.metadata
  const json = await cluster.kubectl(['get', 'pvc', '--namespace', namespace, '--output', 'json'], { signal })
  const volumes = z.object({ items: z.array(claims) }).parse(JSON.parse(json)).items
  for (const template of withClaims.parse(object).spec.volumeClaimTemplates) {
    const wanted = template.spec.resources.requests.storage
    const own = new RegExp(`^${template.metadata.name}-${name}-\\d+$`)
    for (const { metadata, spec } of volumes.filter((volume) => own.test(volume.metadata.name))) {
      const present = spec.resources.requests.storage
      // A volume never gets smaller; what it has, it keeps.
      if (quantity(wanted) <= quantity(present)) continue
      const patch = JSON.stringify({ spec: { resources: { requests: { storage: wanted } } } })
      const args = ['patch', `pvc/${metadata.name}`, '--namespace', namespace, '--patch', patch]
      await cluster.kubectl(args, { signal }).catch((cause: unknown) => {
        signal?.throwIfAborted()
        throw new PlatformError(`Volume ${namespace}/${metadata.name} of ${nameOf(object)} cannot grow to ${wanted}.`, {
          logLines: cause instanceof PlatformError ? cause.logLines : [messageOf(cause)],
          advice: `Its storage class must allow it (allowVolumeExpansion). Otherwise leave its size at ${present}.`,
        })
      })
    }
  }
}

const revisions = z.looseObject({ status: z.looseObject({ updateRevision: z.string().optional() }) })
const condition = z.looseObject({ type: z.string(), status: z.string() })
const pods = z.object({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({
        name: z.string(),
        labels: z.record(z.string(), z.string()).default({}),
        ownerReferences: z.array(z.looseObject({ kind: z.string(), name: z.string() })).default([]),
      }),
      status: z.looseObject({ conditions: z.array(condition).default([]) }),
    }),
  ),
})

/**
 * A StatefulSet replaces no pod before the one that it has begun with is ready. Where a deployment before this one has left
 * a pod that never will be, it would wait for ever: such pods are removed, and made anew as they should be.
 */
export const replaceStuckPods = async ({ cluster, signal }: Work, object: KubernetesObject): Promise<void> => {
  const { name, namespace = 'default' } = object.metadata
  const get = async (...what: readonly string[]): Promise<unknown> =>
    JSON.parse(await cluster.kubectl(['get', ...what, '--output', 'json'], { signal }))
  const { updateRevision } = revisions.parse(await get(...placeOf(object))).status
  if (updateRevision === undefined) return
  const { items } = pods.parse(await get('pods', '--namespace', namespace))
  for (const { metadata, status } of items) {
    const isOwn = metadata.ownerReferences.some((owner) => owner.kind === 'StatefulSet' && owner.name === name)
    const isOld = metadata.labels['controller-revision-hash'] !== updateRevision
    const isReady = status.conditions.some(({ type, status: state }) => type === 'Ready' && state === 'True')
    if (!isOwn || !isOld || isReady) continue
    await cluster.kubectl(['delete', `pod/${metadata.name}`, '--namespace', namespace, '--ignore-not-found'], {
      signal,
    })
  }
}
