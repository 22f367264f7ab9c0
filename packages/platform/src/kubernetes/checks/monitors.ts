/*
 * A monitor or a rule is nothing by itself: the Prometheus must select it, where it is, and the operator must look there. Its
 * selectors have a trap: one that is left out selects nothing, and an empty one selects everything.
 */
import { z } from 'zod'
import { containersOf, isSelected, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'

const labels = z.record(z.string(), z.string()).default({})
const selector = z.looseObject({ matchLabels: labels }).optional()

const prometheus = z.looseObject({
  spec: z.looseObject({
    serviceMonitorSelector: selector,
    serviceMonitorNamespaceSelector: selector,
    podMonitorSelector: selector,
    podMonitorNamespaceSelector: selector,
    ruleSelector: selector,
    ruleNamespaceSelector: selector,
  }),
})

type Selector = z.output<typeof selector>

const withLabels = z.looseObject({ metadata: z.looseObject({ labels }) })
const labelsOf = (object: KubernetesObject | undefined) =>
  object === undefined ? {} : withLabels.parse(object).metadata.labels

const NAMESPACES = /^--namespaces=(.*)$/

/** Each monitor and each rule is one that a Prometheus reads. */
export const findUnreadMonitors = (objects: readonly KubernetesObject[]): Finding[] => {
  const readers = objects.filter(({ kind }) => kind === 'Prometheus')
  const operator = workloadsOf(objects).find(({ name }) => name === 'prometheus-operator')
  const args = operator === undefined ? [] : containersOf(operator.pod).flatMap((container) => container.args)
  const watched = args.flatMap((arg) => NAMESPACES.exec(arg)?.[1]?.split(',') ?? [])

  const isRead = (object: KubernetesObject): boolean =>
    readers.some((reader) => {
      const { spec } = prometheus.parse(reader)
      const pairs: Readonly<Record<string, readonly [Selector, Selector]>> = {
        ServiceMonitor: [spec.serviceMonitorSelector, spec.serviceMonitorNamespaceSelector],
        PodMonitor: [spec.podMonitorSelector, spec.podMonitorNamespaceSelector],
        PrometheusRule: [spec.ruleSelector, spec.ruleNamespaceSelector],
      }
      const [own, place] = pairs[object.kind] ?? []
      const { namespace = '' } = object.metadata
      const home = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === namespace)
      const homeLabels = { ...labelsOf(home), 'kubernetes.io/metadata.name': namespace }
      const isNear =
        place === undefined ? namespace === reader.metadata.namespace : isSelected(place.matchLabels, homeLabels)
      return own !== undefined && isSelected(own.matchLabels, labelsOf(object)) && isNear
    })

  return objects
    .filter(({ kind }) => ['ServiceMonitor', 'PodMonitor', 'PrometheusRule'].includes(kind))
    .flatMap((object) => {
      const found = (problem: string) => [{ rule: 'monitors', object: nameOf(object), problem }]
      if (operator === undefined) return found('there is no Prometheus operator')
      if (watched.length > 0 && !watched.includes(object.metadata.namespace ?? ''))
        return found('the operator does not look into this namespace')
      return isRead(object) ? [] : found('no Prometheus selects it')
    })
}
