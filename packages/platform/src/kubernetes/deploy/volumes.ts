/*
 * The volumes that a cluster has made at its provider. Their class keeps one whose claim is gone, so that no slip takes a
 * database with it. Where all shall go, it would keep them for ever: unlisted, and paid for.
 */
import { z } from 'zod'
import { PlatformError } from '../../failure.ts'
import { askedAgain, waitUntilReady } from '../../probe.ts'
import type { Cluster } from '../cluster.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

const volume = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    capacity: z.looseObject({ storage: z.string() }),
    claimRef: z.looseObject({ namespace: z.string(), name: z.string() }).optional(),
    persistentVolumeReclaimPolicy: z.string().optional(),
    csi: z.looseObject({ driver: z.string(), volumeHandle: z.string() }).optional(),
  }),
})
const volumes = z.object({ items: z.array(volume) })

export type Volume = {
  readonly name: string
  /** Whose it is or was: namespace/name. */
  readonly claim: string
  readonly size: string
  /** What it is at the provider. */
  readonly place: string
  /** Goes when its claim goes. */
  readonly isDeleted: boolean
}

/** Those of claims in the namespaces, also of claims that are gone. */
export const volumesOf = async ({ cluster, signal }: Work, namespaces: readonly string[]): Promise<Volume[]> => {
  const { items } = volumes.parse(JSON.parse(await cluster.kubectl(['get', 'pv', '--output', 'json'], { signal })))
  return items.flatMap(({ metadata: { name }, spec }) => {
    const { claimRef, csi } = spec
    if (claimRef === undefined || !namespaces.includes(claimRef.namespace)) return []
    return {
      name,
      claim: `${claimRef.namespace}/${claimRef.name}`,
      size: spec.capacity.storage,
      place: csi === undefined ? 'not of a CSI driver' : `${csi.volumeHandle} of ${csi.driver}`,
      isDeleted: spec.persistentVolumeReclaimPolicy === 'Delete',
    }
  })
}

/** Has each go with its claim, or now where that is gone already. */
export const giveVolumesUp = async ({ cluster, signal }: Work, namespaces: readonly string[]): Promise<void> => {
  const patch = JSON.stringify({ spec: { persistentVolumeReclaimPolicy: 'Delete' } })
  for (const { name, isDeleted } of await volumesOf({ cluster, signal }, namespaces)) {
    if (!isDeleted) await cluster.kubectl(['patch', `pv/${name}`, '--patch', patch], { signal })
  }
}

/** Returns once none is left; throws, naming them, where some stay. */
export const untilVolumesAreGone = async (
  { cluster, signal }: Work,
  namespaces: readonly string[],
  withinMs: number,
): Promise<void> => {
  let left: readonly Volume[] = []
  const look = async () => {
    left = await volumesOf({ cluster, signal }, namespaces)
    if (left.length > 0) throw new Error(left.map(({ name }) => name).join(', '))
  }
  const options = { withinMs, everyMs: 2_000, ...(signal && { signal }) }
  await waitUntilReady('The deletion of the volumes', askedAgain(look, signal), options).catch((cause: unknown) => {
    signal?.throwIfAborted()
    if (left.length === 0) throw cause
    throw new PlatformError(
      `Volumes are still there after ${withinMs / 1_000} s: ${left.map(({ name }) => name).join(', ')}.`,
      {
        logLines: left.map(({ name, claim, size, place }) => `PersistentVolume ${name} of ${claim}, ${size}: ${place}`),
        advice:
          'kubectl describe pv NAME says why. Run this again when it is mended: only the cluster can delete them, so it stays. One ' +
          'that you have deleted at the provider by hand goes by kubectl delete pv NAME, without its finalizers.',
        cause,
      },
    )
  })
}
