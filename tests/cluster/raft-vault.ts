import type { Cluster } from '@neotool/platform/kubernetes/cluster'
import { type Forward, forwardTo } from '@neotool/platform/kubernetes/deploy/forward'
import { toYaml } from '@neotool/platform/kubernetes/objects'
import { eventually } from '@neotool/testkit/eventually'

export type RaftVault = AsyncDisposable & {
  write(path: string, data: Readonly<Record<string, string>>): Promise<void>
  read(path: string): Promise<unknown>
  /** Deletes its pod and unseals the next one. */
  restart(): Promise<void>
}

const NAME = 'raft-vault'
// One of its own: the quotas of ours have no room for a volume more.
const NAMESPACE = 'neotool-test-vault'
const metadata = { name: NAME, namespace: NAMESPACE, labels: { 'app.kubernetes.io/name': NAME } }

const CONFIGURATION = `
storage "raft" {
  path    = "/vault/data"
  node_id = "raft-vault-0"
}
listener "tcp" {
  address         = "0.0.0.0:8200"
  cluster_address = "0.0.0.0:8201"
  tls_disable     = true
}
api_addr      = "http://127.0.0.1:8200"
cluster_addr  = "https://127.0.0.1:8201"
disable_mlock = true
`

const namespace = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: NAMESPACE, labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
}

const manifests = [
  namespace,
  { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { 'vault.hcl': CONFIGURATION } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector: metadata.labels,
      // It is sealed at first.
      publishNotReadyAddresses: true,
      ports: [{ name: 'http', port: 8200 }],
    },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      serviceName: NAME,
      replicas: 1,
      selector: { matchLabels: metadata.labels },
      template: {
        metadata: { labels: metadata.labels },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 100,
            runAsGroup: 1000,
            fsGroup: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'vault',
              image: 'hashicorp/vault:1.21.1',
              imagePullPolicy: 'IfNotPresent',
              command: ['vault'],
              args: ['server', '-config=/vault/config/vault.hcl'],
              env: [{ name: 'HOME', value: '/tmp' }],
              resources: {
                requests: { cpu: '20m', memory: '128Mi' },
                limits: { cpu: '1', memory: '384Mi' },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                readOnlyRootFilesystem: true,
                capabilities: { drop: ['ALL'] },
              },
              volumeMounts: [
                { name: 'config', mountPath: '/vault/config' },
                { name: 'data', mountPath: '/vault/data' },
                { name: 'tmp', mountPath: '/tmp' },
              ],
            },
          ],
          volumes: [
            { name: 'config', configMap: { name: NAME } },
            { name: 'tmp', emptyDir: {} },
          ],
        },
      },
      volumeClaimTemplates: [
        {
          metadata: { name: 'data' },
          spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '64Mi' } } },
        },
      ],
    },
  },
]

type Call = (method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown) => Promise<Record<string, unknown>>

/** A Vault of one node with Raft storage on a volume, beside the platform's own; it goes with all its data. */
export const startRaftVault = async (cluster: Cluster): Promise<RaftVault> => {
  const end = async () =>
    void (await cluster.kubectl(['delete', 'namespace', NAMESPACE, '--ignore-not-found', '--wait']))
  await end()
  let reached: Forward | undefined
  let token = ''
  const call: Call = async (method, path, body) => {
    const headers = { 'x-vault-token': token }
    const options = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    const response = await fetch(`http://127.0.0.1:${reached?.port}/v1/${path}`, options)
    const text = await response.text()
    if (!response.ok) throw new Error(`Vault answered ${response.status} to ${method} ${path}: ${text}`)
    return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
  }
  const reach = async () => {
    const isUp = ['wait', `pod/${NAME}-0`, '-n', NAMESPACE, '--for=condition=Ready', '--timeout=5s']
    await eventually('its pod runs', () => cluster.kubectl(isUp), Boolean, 120_000)
    await reached?.[Symbol.asyncDispose]()
    reached = await forwardTo(cluster, [NAMESPACE, NAME, 8200])
    await eventually('it answers', () => call('GET', 'sys/seal-status'), Boolean, 60_000)
  }
  const isActive = () =>
    eventually(
      'it is active',
      () => call('GET', 'sys/leader'),
      (leader) => leader.is_self === true,
    )

  await using starting = new AsyncDisposableStack()
  starting.defer(end)
  starting.defer(async () => void (await reached?.[Symbol.asyncDispose]()))
  await cluster.kubectl(['apply', '-f', '-'], { input: toYaml(manifests) })
  await reach()
  const made = await call('PUT', 'sys/init', { secret_shares: 1, secret_threshold: 1 })
  const [key] = made.keys_base64 as readonly string[]
  token = String(made.root_token)
  await call('PUT', 'sys/unseal', { key })
  await isActive()
  await call('POST', 'sys/mounts/neotool', { type: 'kv' })
  const owned = starting.move()
  return {
    write: async (path, data) => void (await call('POST', path, data)),
    read: async (path) => (await call('GET', path)).data,
    restart: async () => {
      await cluster.kubectl(['delete', 'pod', `${NAME}-0`, '-n', NAMESPACE, '--wait'])
      await reach()
      await call('PUT', 'sys/unseal', { key })
      await isActive()
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
