/*
 * Names resolve: what selects pods finds some, what selects Services too, and each address NAME.NAMESPACE.svc.cluster.local
 * in a variable, an argument or a ConfigMap is one of a Service, with a port that this Service has.
 */
import { z } from 'zod'
import { containersOf, isSelected, type Workload, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import type { Finding } from './finding.ts'

const servicePort = z.looseObject({
  name: z.string().optional(),
  port: z.int(),
  targetPort: z.union([z.int(), z.string()]).optional(),
})
const service = z.looseObject({
  metadata: z.looseObject({ labels: z.record(z.string(), z.string()).default({}) }),
  spec: z.looseObject({
    clusterIP: z.string().optional(),
    selector: z.record(z.string(), z.string()).default({}),
    ports: z.array(servicePort).default([]),
  }),
})

export type KnownService = {
  /** None where Kubernetes or an operator makes it. */
  readonly object?: KubernetesObject
  readonly namespace: string
  readonly name: string
  readonly isHeadless: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly selector: Readonly<Record<string, string>>
  readonly ports: readonly z.output<typeof servicePort>[]
}

const cluster = z.looseObject({
  spec: z.looseObject({
    managed: z
      .looseObject({
        services: z
          .looseObject({
            disabledDefaultServices: z.array(z.string()).default([]),
            additional: z
              .array(
                z.looseObject({ serviceTemplate: z.looseObject({ metadata: z.looseObject({ name: z.string() }) }) }),
              )
              .default([]),
          })
          .optional(),
      })
      .optional(),
  }),
})

/** All Services: those in manifests, and those that Kubernetes and operators make. */
export const servicesOf = (objects: readonly KubernetesObject[]): KnownService[] => [
  { namespace: 'default', name: 'kubernetes', isHeadless: false, labels: {}, selector: {}, ports: [{ port: 443 }] },
  ...objects.flatMap((object): KnownService[] => {
    const { namespace = 'default', name } = object.metadata
    const made = (serviceName: string, port: number, portName: string): KnownService => {
      const ports = [{ name: portName, port }]
      return { namespace, name: serviceName, isHeadless: false, labels: {}, selector: {}, ports }
    }
    switch (`${object.apiVersion.split('/')[0]} ${object.kind}`) {
      case 'v1 Service': {
        const { metadata, spec } = service.parse(object)
        const isHeadless = spec.clusterIP === 'None'
        return [{ object, namespace, name, isHeadless, labels: metadata.labels, ...spec }]
      }
      case 'postgresql.cnpg.io Cluster': {
        const { disabledDefaultServices = [], additional = [] } = cluster.parse(object).spec.managed?.services ?? {}
        const usual = ['rw', 'ro', 'r'].filter((each) => !disabledDefaultServices.includes(each))
        const more = additional.map(({ serviceTemplate }) => serviceTemplate.metadata.name)
        return [...usual.map((each) => `${name}-${each}`), ...more].map((each) => made(each, 5432, 'postgres'))
      }
      case 'postgresql.cnpg.io Pooler':
        return [made(name, 5432, 'pgbouncer')]
      case 'monitoring.coreos.com Prometheus':
        return [{ ...made('prometheus-operated', 9090, 'web'), isHeadless: true }]
      default:
        return []
    }
  }),
]

const ADDRESS =
  /(?<![a-z0-9-])(?:(https?):\/\/)?(?:[a-z0-9-]+\.)*?([a-z0-9-]+)\.([a-z0-9-]+)\.svc(\.cluster\.local)?(?::(\d+))?(?![\w-])/g

const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443 }

const configMap = z.looseObject({ data: z.record(z.string(), z.string()).default({}) })

/** Every text of an object in which an address may be, with a word on where it is. */
const textsOf = (object: KubernetesObject, workload: Workload | undefined): (readonly [string, string])[] => {
  if (object.kind === 'ConfigMap') return Object.entries(configMap.parse(object).data)
  if (workload === undefined) return []
  return containersOf(workload.pod).flatMap(({ name, env, command, args }) => [
    ...env.map((each) => [each.name, each.value ?? ''] as const),
    ...[...command, ...args].map((text) => [`arguments of ${name}`, text] as const),
  ])
}

/** Each address within the cluster is one of a Service, fully written, with a port of it. */
export const findDeadAddresses = (objects: readonly KubernetesObject[]): Finding[] => {
  const services = servicesOf(objects)
  const workloads = new Map(workloadsOf(objects).map((workload) => [workload.object, workload]))
  return objects.flatMap((object) =>
    textsOf(object, workloads.get(object)).flatMap(([where, text]) =>
      [...text.matchAll(ADDRESS)].flatMap(([address, scheme = '', name, namespace, suffix, port]): Finding[] => {
        const found = (problem: string) => [
          { rule: 'addresses', object: nameOf(object), problem: `${where}: ${problem}` },
        ]
        if (suffix === undefined) return found(`${address} is not fully written: add .cluster.local`)
        const target = services.find((each) => each.name === name && each.namespace === namespace)
        if (target === undefined) return found(`${address}: there is no Service ${name} in ${namespace}`)
        const number = port === undefined ? defaultPorts[scheme] : Number(port)
        const ports = target.ports.map((each) => each.port)
        return number === undefined || ports.includes(number)
          ? []
          : found(`${address}: the Service has no port ${number}, only ${ports.join(', ')}`)
      }),
    ),
  )
}

const labelSelector = z.looseObject({ matchLabels: z.record(z.string(), z.string()).default({}) })
const monitor = z.looseObject({
  spec: z.looseObject({
    selector: labelSelector,
    namespaceSelector: z.looseObject({ matchNames: z.array(z.string()).default([]) }).optional(),
    endpoints: z.array(z.looseObject({ port: z.string().optional() })).default([]),
    podMetricsEndpoints: z.array(z.looseObject({ port: z.string().optional() })).default([]),
  }),
})
const backend = z.looseObject({
  service: z.looseObject({
    name: z.string(),
    port: z.looseObject({ name: z.string().optional(), number: z.int().optional() }),
  }),
})
const ingress = z.looseObject({
  spec: z.looseObject({
    defaultBackend: backend.optional(),
    rules: z
      .array(z.looseObject({ http: z.looseObject({ paths: z.array(z.looseObject({ backend })) }).optional() }))
      .default([]),
  }),
})
const statefulSet = z.looseObject({ spec: z.looseObject({ serviceName: z.string() }) })
const autoscaler = z.looseObject({
  spec: z.looseObject({ scaleTargetRef: z.looseObject({ kind: z.string(), name: z.string() }) }),
})
const withSelector = z.looseObject({ spec: z.looseObject({ selector: labelSelector.optional() }) })
const policy = z.looseObject({ spec: z.looseObject({ podSelector: labelSelector }) })

type Parts = {
  readonly services: readonly KnownService[]
  readonly workloads: readonly Workload[]
  readonly objects: readonly KubernetesObject[]
}

/** What is wrong with whom an object points at, in words. */
const danglingIn = (object: KubernetesObject, { services, workloads, objects }: Parts): string[] => {
  const { namespace = 'default' } = object.metadata
  const podsWith = (selector: Readonly<Record<string, string>>, place: string = namespace) =>
    workloads.filter((each) => each.namespace === place && isSelected(selector, each.labels))
  const noPods = (selector: Readonly<Record<string, string>>) =>
    podsWith(selector).length > 0 ? [] : [`selects no pods of ${namespace}: ${JSON.stringify(selector)}`]
  switch (object.kind) {
    case 'Service': {
      const { selector } = service.parse(object).spec
      if (Object.keys(selector).length === 0) return ['selects nothing']
      const names = new Set(podsWith(selector).map(({ name }) => name))
      return names.size > 1 ? [`selects pods of several kinds: ${[...names].join(', ')}`] : noPods(selector)
    }
    case 'PodDisruptionBudget':
      return noPods(withSelector.parse(object).spec.selector?.matchLabels ?? {})
    case 'NetworkPolicy': {
      const { matchLabels } = policy.parse(object).spec.podSelector
      // An empty selector is that of a rule for the whole namespace, whoever is in it.
      return Object.keys(matchLabels).length === 0 ? [] : noPods(matchLabels)
    }
    case 'StatefulSet': {
      const { serviceName } = statefulSet.parse(object).spec
      const isThere = services.some(
        (each) => each.namespace === namespace && each.name === serviceName && each.isHeadless,
      )
      return isThere ? [] : [`there is no headless Service ${serviceName} in ${namespace}`]
    }
    case 'HorizontalPodAutoscaler': {
      const { kind, name } = autoscaler.parse(object).spec.scaleTargetRef
      const isThere = objects.some(
        (each) => each.kind === kind && each.metadata.name === name && each.metadata.namespace === namespace,
      )
      return isThere ? [] : [`there is no ${kind} ${name} in ${namespace} to scale`]
    }
    case 'Ingress': {
      const { defaultBackend, rules } = ingress.parse(object).spec
      const backends = rules.flatMap(({ http }) => http?.paths.map((path) => path.backend) ?? [])
      return [...(defaultBackend === undefined ? [] : [defaultBackend]), ...backends].flatMap(
        ({ service: { name, port } }) => {
          const target = services.find((each) => each.namespace === namespace && each.name === name)
          if (target === undefined) return [`there is no Service ${name} in ${namespace}`]
          const isThere = target.ports.some((each) => each.name === port.name || each.port === port.number)
          return isThere ? [] : [`the Service ${name} has no port ${port.name ?? port.number}`]
        },
      )
    }
    case 'ServiceMonitor': {
      const { selector, namespaceSelector, endpoints } = monitor.parse(object).spec
      const places = namespaceSelector?.matchNames ?? []
      const targets = services.filter(
        (each) =>
          (places.length === 0 ? [namespace] : places).includes(each.namespace) &&
          isSelected(selector.matchLabels, each.labels),
      )
      if (targets.length === 0) return [`selects no Service: ${JSON.stringify(selector.matchLabels)}`]
      return endpoints.flatMap(({ port }) =>
        targets.some(({ ports }) => ports.some(({ name }) => name === port))
          ? []
          : [`no Service that it selects has a port ${port}`],
      )
    }
    case 'PodMonitor': {
      const { selector, namespaceSelector, podMetricsEndpoints } = monitor.parse(object).spec
      const places = namespaceSelector?.matchNames ?? [namespace]
      const targets = places.flatMap((place) => podsWith(selector.matchLabels, place))
      if (targets.length === 0) return [`selects no pods: ${JSON.stringify(selector.matchLabels)}`]
      const names = targets.flatMap(({ pod }) => pod.containers.flatMap(({ ports }) => ports.map(({ name }) => name)))
      return podMetricsEndpoints.flatMap(({ port }) =>
        names.includes(port) ? [] : [`no pod that it selects has a port ${port}`],
      )
    }
    default:
      return []
  }
}

/** Whatever points at pods, Services or workloads points at some that are there. */
export const findDanglingSelectors = (objects: readonly KubernetesObject[]): Finding[] => {
  const parts = { services: servicesOf(objects), workloads: workloadsOf(objects), objects }
  return objects.flatMap((object) =>
    danglingIn(object, parts).map((problem) => ({ rule: 'selectors', object: nameOf(object), problem })),
  )
}
