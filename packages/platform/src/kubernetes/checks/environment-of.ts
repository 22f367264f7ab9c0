import { z } from 'zod'
import type { Container, Workload } from '../model.ts'
import type { KubernetesObject } from '../objects.ts'

const configMap = z.looseObject({ data: z.record(z.string(), z.string()).default({}) })

/** The texts of a ConfigMap of a namespace; none where it is not there. */
export const textsOfConfigMap = (
  objects: readonly KubernetesObject[],
  namespace: string,
  name: string,
): Readonly<Record<string, string>> => {
  const found = objects.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.namespace === namespace && metadata.name === name,
  )
  return found === undefined ? {} : configMap.parse(found).data
}

/**
 * The variables that a container gets, as Kubernetes puts them together: envFrom first, then env, each with those before it
 * in the place of $(NAME). What only a running cluster knows, a Secret's value or a pod's name, is `unknown`'s to say.
 */
export const environmentOf = (
  { namespace }: Pick<Workload, 'namespace'>,
  container: Container,
  objects: readonly KubernetesObject[],
  unknown: (name: string) => string,
): Record<string, string> => {
  const environment: Record<string, string> = {}
  for (const { prefix, configMapRef } of container.envFrom) {
    if (configMapRef === undefined) continue
    for (const [name, value] of Object.entries(textsOfConfigMap(objects, namespace, configMapRef.name)))
      environment[`${prefix}${name}`] = value
  }
  for (const { name, value, valueFrom } of container.env) {
    const { configMapKeyRef } = valueFrom ?? {}
    if (configMapKeyRef !== undefined) {
      const text = textsOfConfigMap(objects, namespace, configMapKeyRef.name)[configMapKeyRef.key]
      if (text !== undefined) environment[name] = text
    } else if (valueFrom !== undefined) environment[name] = unknown(name)
    else environment[name] = expand(value ?? '', environment)
  }
  return environment
}

const expand = (text: string, environment: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\$\(([A-Za-z_]\w*)\)/g, (reference, name: string) => environment[name] ?? reference)

/** The files of ConfigMaps that a container mounts, as one text. */
export const mountedFilesOf = (
  { namespace, pod }: Pick<Workload, 'namespace' | 'pod'>,
  container: Container,
  objects: readonly KubernetesObject[],
): string =>
  pod.volumes
    .filter(({ name }) => container.volumeMounts.some((mount) => mount.name === name))
    .flatMap(({ configMap: map, projected }) => [
      ...(map === undefined ? [] : [map.name]),
      ...(projected?.sources.flatMap((source) => source.configMap?.name ?? []) ?? []),
    ])
    .flatMap((name) => Object.values(textsOfConfigMap(objects, namespace, name)))
    .join('\n')
