/** Objects that an earlier deployment has brought and no manifest has any more: without a hand they would stay for ever. */
import type { Cluster } from '../cluster.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import { placeOf } from './kubectl.ts'
import { isJob, removeObject } from './manifests.ts'
import { deploymentRecords } from './records.ts'

type Work = { readonly cluster: Cluster; readonly signal?: AbortSignal | undefined }

// With these, data would go. A person has to want that.
const HOLD_DATA = ['Namespace', 'PersistentVolumeClaim', 'CustomResourceDefinition', 'Cluster', 'Database']

/** Whether nothing is lost with it. */
export const removable = ({ kind }: KubernetesObject): boolean => !HOLD_DATA.includes(kind)

/** What recent deployments have brought, is still there, and is not among the objects. */
export const staleObjects = async (
  work: Work,
  objects: readonly KubernetesObject[],
): Promise<readonly KubernetesObject[]> => {
  const wanted = new Set(objects.map(nameOf))
  const earlier = new Map<string, KubernetesObject>()
  for (const record of await deploymentRecords(work)) {
    for (const object of record.objects) {
      // A Job goes by itself.
      if (!wanted.has(nameOf(object)) && !isJob(object)) earlier.set(nameOf(object), object)
    }
  }
  const candidates = [...earlier.values()]
  const isThere = await Promise.all(candidates.map((object) => exists(work, object)))
  return candidates.filter((_, index) => isThere[index])
}

const exists = async ({ cluster, signal }: Work, object: KubernetesObject): Promise<boolean> => {
  const args = ['get', ...placeOf(object), '--ignore-not-found', '--output', 'name']
  // Its type may have gone with an add-on.
  const answer = await cluster.kubectl(args, { signal }).catch(() => '')
  return answer.trim() !== ''
}

/** Removes those that hold no data; answers how many. */
export const removeStale = async (work: Work, objects: readonly KubernetesObject[]): Promise<number> => {
  const stale = (await staleObjects(work, objects)).filter(removable)
  for (const object of stale) await removeObject(work, object)
  return stale.length
}
