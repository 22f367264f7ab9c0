/*
 * The parts of manifests that the checks look at, as typed values, and the pods that a set of manifests brings: those of
 * Deployments and the like, and those that operators make of custom resources, as far as they are known before.
 */
import { z } from 'zod'
import type { KubernetesObject } from './objects.ts'

const keyRef = z.looseObject({ name: z.string(), key: z.string(), optional: z.boolean().default(false) })
const wholeRef = z.looseObject({ name: z.string(), optional: z.boolean().default(false) })

const variable = z.looseObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .looseObject({
      configMapKeyRef: keyRef.optional(),
      secretKeyRef: keyRef.optional(),
      fieldRef: z.unknown().optional(),
    })
    .optional(),
})

const portNumberOrName = z.union([z.int(), z.string()])
const probe = z.looseObject({
  httpGet: z.looseObject({ port: portNumberOrName }).optional(),
  tcpSocket: z.looseObject({ port: portNumberOrName }).optional(),
  grpc: z.looseObject({ port: z.int() }).optional(),
})

const quantities = z.record(z.string(), z.union([z.string(), z.number()])).default({})
const resources = z.looseObject({ requests: quantities, limits: quantities }).prefault({})

const container = z.looseObject({
  name: z.string(),
  image: z.string().default(''),
  command: z.array(z.string()).default([]),
  args: z.array(z.string()).default([]),
  env: z.array(variable).default([]),
  envFrom: z
    .array(
      z.looseObject({
        prefix: z.string().default(''),
        configMapRef: wholeRef.optional(),
        secretRef: wholeRef.optional(),
      }),
    )
    .default([]),
  ports: z
    .array(
      z.looseObject({
        name: z.string().optional(),
        containerPort: z.int(),
        protocol: z.enum(['TCP', 'UDP', 'SCTP']).default('TCP'),
        hostPort: z.int().optional(),
      }),
    )
    .default([]),
  volumeMounts: z
    .array(z.looseObject({ name: z.string(), mountPath: z.string(), subPath: z.string().optional() }))
    .default([]),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  resources,
  securityContext: z.looseObject({}).default({}),
  imagePullPolicy: z.string().optional(),
  restartPolicy: z.string().optional(),
})

const items = z.array(z.looseObject({ key: z.string() })).optional()
const source = z.looseObject({
  secret: z
    .looseObject({
      name: z.string().optional(),
      secretName: z.string().optional(),
      items,
      optional: z.boolean().default(false),
    })
    .optional(),
  configMap: z.looseObject({ name: z.string(), items, optional: z.boolean().default(false) }).optional(),
})

const volume = source.extend({
  name: z.string(),
  projected: z.looseObject({ sources: z.array(source) }).optional(),
  persistentVolumeClaim: z.looseObject({ claimName: z.string() }).optional(),
})

export const podSpec = z.looseObject({
  containers: z.array(container),
  initContainers: z.array(container).default([]),
  volumes: z.array(volume).default([]),
  securityContext: z.looseObject({}).default({}),
  serviceAccountName: z.string().default('default'),
  automountServiceAccountToken: z.boolean().optional(),
  enableServiceLinks: z.boolean().optional(),
  priorityClassName: z.string().optional(),
})

export type Container = z.output<typeof container>
export type PodSpec = z.output<typeof podSpec>
export type Volume = z.output<typeof volume>
export type VolumeSource = z.output<typeof source>

const labels = z.record(z.string(), z.string()).default({})
const template = z.looseObject({ metadata: z.looseObject({ labels }).prefault({}), spec: podSpec })
const withTemplate = z.looseObject({
  spec: z.looseObject({
    replicas: z.int().optional(),
    selector: z.looseObject({ matchLabels: labels }).optional(),
    template,
    volumeClaimTemplates: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })).default([]),
  }),
})
const cronJob = z.looseObject({
  spec: z.looseObject({ jobTemplate: z.looseObject({ spec: z.looseObject({ template }) }) }),
})
const lonePod = z.looseObject({ metadata: z.looseObject({ labels }), spec: podSpec })

export type Workload = {
  readonly object: KubernetesObject
  readonly namespace: string
  /** The value of app.kubernetes.io/name of its pods; that of the object where they have none. */
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly pod: PodSpec
  /** How many pods the manifest asks for; none where it leaves that to an autoscaler, or to the default of one. */
  readonly replicas: number | undefined
  /** What its own selector asks of the pods, for kinds that have one. */
  readonly selector: Readonly<Record<string, string>> | undefined
  /** Volumes that the kind itself makes for each pod. */
  readonly claims: readonly string[]
  /** An operator makes the pods: their manifest is not ours. */
  readonly isOfOperator: boolean
}

export const NAME_LABEL = 'app.kubernetes.io/name'

const workload = (
  object: KubernetesObject,
  { metadata, spec }: z.output<typeof template>,
  more: Partial<Pick<Workload, 'replicas' | 'selector' | 'claims' | 'isOfOperator'>> = {},
): Workload => ({
  object,
  namespace: object.metadata.namespace ?? 'default',
  name: metadata.labels[NAME_LABEL] ?? object.metadata.name,
  labels: metadata.labels,
  pod: spec,
  replicas: undefined,
  selector: undefined,
  claims: [],
  isOfOperator: false,
  ...more,
})

/** The pods that a manifest brings, if it brings any. */
export const workloadOf = (object: KubernetesObject): Workload | undefined => {
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'Job': {
      const { spec } = withTemplate.parse(object)
      const claims = spec.volumeClaimTemplates.map(({ metadata }) => metadata.name)
      return workload(object, spec.template, { replicas: spec.replicas, selector: spec.selector?.matchLabels, claims })
    }
    case 'CronJob':
      return workload(object, cronJob.parse(object).spec.jobTemplate.spec.template)
    case 'Pod':
      return workload(object, lonePod.parse(object))
    default: {
      const made = madeByOperator(object)
      return made && workload(object, made.template, { replicas: made.replicas, isOfOperator: true })
    }
  }
}

const cluster = z.looseObject({
  spec: z.looseObject({
    instances: z.int(),
    imageName: z.string().default(''),
    inheritedMetadata: z.looseObject({ labels }).prefault({}),
    resources,
  }),
})
const pooler = z.looseObject({
  spec: z.looseObject({
    instances: z.int().default(1),
    template: z
      .looseObject({
        metadata: z.looseObject({ labels }).prefault({}),
        spec: z.looseObject({ containers: z.array(container).default([]) }).prefault({}),
      })
      .prefault({}),
  }),
})
const prometheus = z.looseObject({
  spec: z.looseObject({
    replicas: z.int().default(1),
    image: z.string().default(''),
    podMetadata: z.looseObject({ labels }).prefault({}),
    containers: z.array(container).default([]),
    initContainers: z.array(container).default([]),
    resources,
  }),
})

type Made = { readonly template: z.output<typeof template>; readonly replicas: number }

/** As CloudNativePG 1.27 and the Prometheus operator 0.85 label, name and open them. */
const madeByOperator = (object: KubernetesObject): Made | undefined => {
  const { name } = object.metadata
  const made = (replicas: number, podLabels: Record<string, string>, containers: unknown[]): Made => ({
    replicas,
    template: template.parse({ metadata: { labels: podLabels }, spec: { containers } }),
  })
  switch (`${object.apiVersion.split('/')[0]} ${object.kind}`) {
    case 'postgresql.cnpg.io Cluster': {
      const { spec } = cluster.parse(object)
      const ports = [
        { name: 'postgresql', containerPort: 5432 },
        { name: 'metrics', containerPort: 9187 },
        { name: 'status', containerPort: 8000 },
      ]
      const podLabels = { ...spec.inheritedMetadata.labels, 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' }
      return made(spec.instances, podLabels, [
        { name: 'postgres', image: spec.imageName, ports, resources: spec.resources },
      ])
    }
    case 'postgresql.cnpg.io Pooler': {
      const { spec } = pooler.parse(object)
      const ports = [
        { name: 'pgbouncer', containerPort: 5432 },
        { name: 'metrics', containerPort: 9127 },
      ]
      const own = spec.template.spec.containers.find((each) => each.name === 'pgbouncer')
      const podLabels = { ...spec.template.metadata.labels, 'cnpg.io/poolerName': name }
      return made(spec.instances, podLabels, [{ ...own, name: 'pgbouncer', ports }])
    }
    case 'monitoring.coreos.com Prometheus': {
      const { spec } = prometheus.parse(object)
      const ports = [{ name: 'web', containerPort: 9090 }]
      const merged = (containerName: string) => spec.containers.find((each) => each.name === containerName)
      // The operator's defaults, unless its own arguments say otherwise.
      const reloader = { ...merged('config-reloader'), resources: { requests: { cpu: '10m', memory: '50Mi' } } }
      const podLabels = {
        ...spec.podMetadata.labels,
        [NAME_LABEL]: 'prometheus',
        'app.kubernetes.io/managed-by': 'prometheus-operator',
        'app.kubernetes.io/instance': name,
        'operator.prometheus.io/name': name,
        prometheus: name,
      }
      return made(spec.replicas, podLabels, [
        { image: spec.image, ...merged('prometheus'), name: 'prometheus', ports, resources: spec.resources },
        { ...reloader, name: 'config-reloader', ports: [{ name: 'reloader-web', containerPort: 8080 }] },
        // What it runs first takes no more than what comes after it.
        ...spec.initContainers.map((each) => ({ ...each, resources: {} })),
      ])
    }
    default:
      return undefined
  }
}

/** All pods that a set of manifests brings. */
export const workloadsOf = (objects: readonly KubernetesObject[]): Workload[] =>
  objects.flatMap((object) => workloadOf(object) ?? [])

/** All containers of a pod, those that come first included. */
export const containersOf = ({ initContainers, containers }: PodSpec): Container[] => [...initContainers, ...containers]

/** Whether pods with these labels are what a selector by labels asks for. */
export const isSelected = (
  selector: Readonly<Record<string, string>>,
  podLabels: Readonly<Record<string, string>>,
): boolean => Object.entries(selector).every(([key, value]) => podLabels[key] === value)
