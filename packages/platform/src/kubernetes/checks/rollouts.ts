import { z } from 'zod'
import { containersOf, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'

const HASHED = /-[0-9a-z]{10}$/

const configMapsOf = (object: KubernetesObject): string[] =>
  workloadsOf([object]).flatMap(({ pod }) => [
    ...pod.volumes.flatMap(({ configMap, projected }) => [
      ...(configMap === undefined ? [] : [configMap.name]),
      ...(projected?.sources.flatMap((source) => source.configMap?.name ?? []) ?? []),
    ]),
    ...containersOf(pod).flatMap(({ env, envFrom }) => [
      ...env.flatMap(({ valueFrom }) => valueFrom?.configMapKeyRef?.name ?? []),
      ...envFrom.flatMap(({ configMapRef }) => configMapRef?.name ?? []),
    ]),
  ])

/** The name of each ConfigMap that a pod reads ends with a hash of its content: a change makes new pods, and rolls back with them. */
export const findUnhashedConfiguration = (objects: readonly KubernetesObject[]): Finding[] =>
  objects.flatMap((object) =>
    // Those of Kubernetes itself and of cert-manager's trust bundles change without a release, as certificates do.
    [...new Set(configMapsOf(object))]
      .filter((name) => !HASHED.test(name) && name !== 'kube-root-ca.crt')
      .map((name) => ({
        rule: 'rollout',
        object: nameOf(object),
        problem: `it reads the ConfigMap ${name}, whose name has no hash: a change would not roll its pods`,
      })),
  )

const configMap = z.looseObject({ data: z.record(z.string(), z.string()).default({}) })

/** The gateway reads the supergraph of the contract, as it is. */
export const findStaleSupergraph = (objects: readonly KubernetesObject[], supergraph: string): Finding[] => {
  const gateway = objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'gateway')
  const name = gateway && configMapsOf(gateway).find((each) => each.startsWith('supergraph-'))
  const found = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name)
  const text = found && configMap.parse(found).data['supergraph.graphql']
  if (text === supergraph) return []
  return [
    {
      rule: 'rollout',
      object: 'Deployment neotool-web/gateway',
      problem: 'it does not read contracts/supergraph.graphql',
    },
  ]
}
