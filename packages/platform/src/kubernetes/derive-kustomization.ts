/** What the manifests get from an environment's file, as a component of Kustomize over all others. */
import { stringify } from 'yaml'
import { operationSettingsOf, publicAddressesOf } from './derive-settings.ts'
import type { CloudEnvironment, Environment, LocalEnvironment } from './environment-file.ts'
import { SERVICES } from './releases.ts'

type Target = { readonly kind: string; readonly name: string; readonly namespace?: string }
type Operation = { readonly op: 'add'; readonly path: string; readonly value: unknown }
type Patch = { readonly target: Target; readonly patch: string }

// `add` sets what is there already too: nothing here rests on what the manifests had.
const add = (path: string, value: unknown): Operation => ({ op: 'add', path, value })

const patch = (target: Target, ...operations: readonly Operation[]): Patch => ({
  target,
  patch: stringify(operations, { lineWidth: 0 }),
})

/** Sets variables of a container by their names, wherever in its list they are. */
const variables = (
  target: Target & { apiVersion: string },
  container: string,
  values: Record<string, string>,
): Patch => {
  const { apiVersion, kind, name, namespace } = target
  const env = Object.entries(values).map(([variable, value]) => ({ name: variable, value }))
  const spec = { template: { spec: { containers: [{ name: container, env }] } } }
  return {
    target: { kind, name, ...(namespace !== undefined && { namespace }) },
    patch: stringify({ apiVersion, kind, metadata: { name, namespace }, spec }, { lineWidth: 0 }),
  }
}

const configMap = (namespace: string, name: string, values: Readonly<Record<string, string>>) => ({
  name,
  namespace,
  literals: Object.entries(values).map(([key, value]) => `${key}=${value}`),
  options: { labels: { 'app.kubernetes.io/part-of': 'neotool' } },
})

const claim = (storageClass: string, size: string): Operation[] => [
  add('/spec/volumeClaimTemplates/0/spec/storageClassName', storageClass),
  add('/spec/volumeClaimTemplates/0/spec/resources', { requests: { storage: size } }),
]

const FILLED_AT_MOST = 0.9

/** What Prometheus may fill: a full volume would stop it, and what it cannot count needs some too. */
const retentionOf = (size: string): string => `${Math.floor(Number.parseInt(size, 10) * FILLED_AT_MOST)}GB`

const observability = ({ volumes }: Environment): Patch[] => {
  const { storageClass, sizes } = volumes
  const namespace = 'neotool-observability'
  return [
    patch(
      { kind: 'Prometheus', name: 'neotool', namespace },
      add('/spec/retentionSize', retentionOf(sizes.prometheus)),
      add('/spec/storage/volumeClaimTemplate/spec/storageClassName', storageClass),
      add('/spec/storage/volumeClaimTemplate/spec/resources', { requests: { storage: sizes.prometheus } }),
    ),
    patch({ kind: 'StatefulSet', name: 'loki', namespace }, ...claim(storageClass, sizes.loki)),
  ]
}

const kafka = ({ volumes }: Environment): Patch =>
  patch(
    { kind: 'StatefulSet', name: 'kafka', namespace: 'neotool-messaging' },
    ...claim(volumes.storageClass, volumes.sizes.kafka),
  )

const WEB_NAMESPACE = 'neotool-web'

/** By the name of an Ingress, whether a host of the file is its. */
const INGRESSES = { web: 'web', api: 'gateway' } as const

const hostOf = (name: string, namespace: string, host: string, ...more: readonly Operation[]): Patch =>
  patch({ kind: 'Ingress', name, namespace }, add('/spec/rules/0/host', host), ...more)

/** The key of a provider's client secret in the Secret web-settings, and the variable that it becomes. */
export const clientSecretOf = (id: string) => ({
  key: id,
  variable: `OIDC_CLIENT_SECRET_${id.toUpperCase().replaceAll('-', '_')}`,
})

/** The keys that the Secret web-settings must have. */
export const clientSecretsOf = ({ identityProviders }: Environment): string[] =>
  identityProviders.flatMap(({ id, web }) => (web.hasSecret ? [clientSecretOf(id).key] : []))

/**
 * The web's identity providers, with their secrets in the place of $(…), as Kubernetes puts in what stands before it. The names
 * begin with none of the web's own, because it refuses settings that it does not know.
 */
const identityProviders = ({ identityProviders: providers }: Environment): Patch[] => {
  if (providers.length === 0) return []
  const secrets = providers.flatMap(({ id, web }) => (web.hasSecret ? [clientSecretOf(id)] : []))
  const settings = providers.map(({ id, name, issuer, web: { clientId, hasSecret } }) => ({
    id,
    name,
    issuer,
    clientId,
    ...(hasSecret && { clientSecret: `$(${clientSecretOf(id).variable})` }),
  }))
  const variable = (value: unknown) => add('/spec/template/spec/containers/0/env/-', value)
  return [
    patch(
      { kind: 'Deployment', name: 'web', namespace: WEB_NAMESPACE },
      ...secrets.map(({ key, variable: name }) =>
        variable({ name, valueFrom: { secretKeyRef: { name: 'web-settings', key } } }),
      ),
      variable({ name: 'WEB_IDENTITY_PROVIDERS', value: JSON.stringify(settings) }),
    ),
  ]
}

const localPatches = (environment: LocalEnvironment): Patch[] => {
  const { hosts, s3, volumes } = environment
  const { storageClass, sizes } = volumes
  const namespace = 'neotool-storage'
  return [
    hostOf('web', WEB_NAMESPACE, hosts.web),
    hostOf('gateway', WEB_NAMESPACE, hosts.api),
    hostOf('minio', namespace, hosts.files),
    patch({ kind: 'StatefulSet', name: 'postgres', namespace: 'neotool-data' }, ...claim(storageClass, sizes.postgres)),
    patch({ kind: 'StatefulSet', name: 'minio', namespace }, ...claim(storageClass, sizes.minio)),
    variables({ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'minio', namespace }, 'minio', {
      // Browsers of the web app alone may send and fetch files.
      MINIO_API_CORS_ALLOW_ORIGIN: publicAddressesOf(environment).web,
      MINIO_SITE_REGION: s3.region,
    }),
    variables({ apiVersion: 'batch/v1', kind: 'Job', name: 'buckets', namespace }, 'buckets', {
      ASSETS_S3_REGION: s3.region,
      ASSETS_S3_BUCKET: s3.bucket,
    }),
  ]
}

const cloudPatches = (environment: CloudEnvironment): Patch[] => {
  const { hosts, tls, replicas, s3, volumes } = environment
  const { storageClass, sizes } = volumes
  const ingresses = (['web', 'api'] as const).map((host) => {
    const name = INGRESSES[host]
    return hostOf(
      name,
      WEB_NAMESPACE,
      hosts[host],
      add('/spec/tls', [{ hosts: [hosts[host]], secretName: `${name}-tls` }]),
      add('/metadata/annotations/cert-manager.io~1cluster-issuer', tls.issuer),
    )
  })
  const scales = (['web', 'gateway'] as const).map((name) =>
    patch(
      { kind: 'HorizontalPodAutoscaler', name, namespace: WEB_NAMESPACE },
      add('/spec/minReplicas', replicas[name].min),
      add('/spec/maxReplicas', replicas[name].max),
    ),
  )
  return [
    ...ingresses,
    ...scales,
    patch(
      { kind: 'Cluster', name: 'postgres', namespace: 'neotool-data' },
      add('/spec/storage', { size: sizes.postgres, storageClass }),
      add('/spec/walStorage', { size: sizes.postgresWal, storageClass }),
    ),
    patch({ kind: 'StatefulSet', name: 'vault', namespace: 'neotool-security' }, ...claim(storageClass, sizes.vault)),
    patch({ kind: 'StorageClass', name: 'cloudflare-r2' }, add('/parameters/bucket', s3.buckets.bulk)),
  ]
}

/** The component, as an object to be written. */
export const environmentComponent = (root: string, environment: Environment) => {
  const { web, files } = publicAddressesOf(environment)
  return {
    apiVersion: 'kustomize.config.k8s.io/v1alpha1',
    kind: 'Component',
    configMapGenerator: [
      configMap(WEB_NAMESPACE, 'public-addresses', { web, files }),
      ...SERVICES.map((service) =>
        configMap('neotool-workflows', `${service}-settings`, operationSettingsOf(root, environment, service)),
      ),
    ],
    patches: [
      ...(environment.kind === 'local' ? localPatches(environment) : cloudPatches(environment)),
      kafka(environment),
      ...observability(environment),
      ...identityProviders(environment),
    ],
  }
}
