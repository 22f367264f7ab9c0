/*
 * The volumes that a cluster has made at its provider. Their class keeps one whose claim is gone, so that no slip takes a
 * database with it. Where all shall go, it would keep them for ever: unlisted, and paid for. One in a bucket is no more than
 * its files: they stay, as the bucket does.
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
// As infra/kubernetes/overlays/prod/storage has it. Its volume is a folder of a bucket, which it empties when the volume goes.
const BUCKET_DRIVER = 'ru.yandex.s3.csi'
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
  /** Its files are in a bucket, and stay there whatever becomes of its claim. */
  readonly staysInBucket: boolean
}

/** Those of claims in the namespaces, also of claims that are gone. */
export const volumesOf = async ({ cluster, signal }: Work, namespaces: readonly string[]): Promise<Volume[]> => {
  const { items } = volumes.parse(JSON.parse(await cluster.kubectl(['get', 'pv', '--output', 'json'], { signal })))
  return items.flatMap(({ metadata: { name }, spec }) => {
    const { claimRef, csi } = spec
    if (claimRef === undefined || !namespaces.includes(claimRef.namespace)) return []
    const isDeleted = spec.persistentVolumeReclaimPolicy === 'Delete'
    return {
      name,
      claim: `${claimRef.namespace}/${claimRef.name}`,
      size: spec.capacity.storage,
      place: csi === undefined ? 'not of a CSI driver' : `${csi.volumeHandle} of ${csi.driver}`,
      isDeleted,
      staysInBucket: csi?.driver === BUCKET_DRIVER && !isDeleted,
    }
  })
}

/** Has each go with its claim, or now where that is gone already; but for those that stay in a bucket. */
export const giveVolumesUp = async ({ cluster, signal }: Work, namespaces: readonly string[]): Promise<void> => {
  const patch = JSON.stringify({ spec: { persistentVolumeReclaimPolicy: 'Delete' } })
  for (const { name, isDeleted, staysInBucket } of await volumesOf({ cluster, signal }, namespaces)) {
    if (!isDeleted && !staysInBucket) await cluster.kubectl(['patch', `pv/${name}`, '--patch', patch], { signal })
  }
}

/** Returns once none is left but those in a bucket; throws, naming them, where others stay. */
export const untilVolumesAreGone = async (
  { cluster, signal }: Work,
  namespaces: readonly string[],
  withinMs: number,
): Promise<void> => {
  let left: readonly Volume[] = []
  const look = async () => {
    left = (await volumesOf({ cluster, signal }, namespaces)).filter(({ staysInBucket }) => !staysInBucket)
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
