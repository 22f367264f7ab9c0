/** How kubectl is told what to do with an object. */
import type { KubernetesObject } from '../objects.ts'

/** By the server: what an autoscaler or an operator has set in an object of ours stays theirs. */
export const APPLY = ['apply', '--server-side', '--force-conflicts', '--field-manager=neotool'] as const

/** One object: its type with its group, for types of different groups may share a name. */
export const placeOf = ({ apiVersion, kind, metadata: { name, namespace } }: KubernetesObject): string[] => {
  const [group, version] = apiVersion.split('/')
  const type = version === undefined ? kind : `${kind}.${version}.${group}`
  return [`${type}/${name}`, ...(namespace === undefined ? [] : ['--namespace', namespace])]
}
