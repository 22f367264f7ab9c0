import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Cluster, ClusterCommand } from '@neotool/platform/kubernetes/cluster'
import { toYaml } from '@neotool/platform/kubernetes/objects'
import { eventually } from '@neotool/testkit/eventually'

/** What the load has seen so far. */
export type Seen = {
  readonly sent: number
  readonly failed: number
  readonly written: number
  readonly slowestMs: number
  /** The latest failures, with their time. */
  readonly samples: readonly string[]
}

export type Load = AsyncDisposable & { seen(): Promise<Seen> }

// The ingress controller's place and name: the NetworkPolicies let it, and nobody else, talk to the gateway from outside.
const NAMESPACE = 'kube-system'
const LABELS = { 'app.kubernetes.io/name': 'traefik', 'neotool-test': 'load' }

const GATEWAY_URL = 'http://gateway.neotool-web.svc.cluster.local:4000/graphql'

// It has Node, and is on every node that runs the gateway.
const gatewayImage = async (kubectl: ClusterCommand): Promise<string> =>
  (
    await kubectl([
      'get',
      'deployment/gateway',
      '--namespace=neotool-web',
      '--output=jsonpath={.spec.template.spec.containers[0].image}',
    ])
  ).trim()

export type LoadSize = { readonly clients: number; readonly beatMs: number }

const USUAL: LoadSize = { clients: 8, beatMs: 250 }

type Client = LoadSize & { readonly image: string; readonly token: string }

const manifests = (program: string, { image, token, clients, beatMs }: Client) => [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'neotool-test-load', namespace: NAMESPACE },
    data: { 'load-client.ts': program },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'neotool-test-load', namespace: NAMESPACE, labels: LABELS },
    spec: {
      restartPolicy: 'Never',
      terminationGracePeriodSeconds: 1,
      containers: [
        {
          name: 'load',
          image,
          imagePullPolicy: 'IfNotPresent',
          // Without, it would wait for the pods that it measures, and call that a failure of theirs.
          resources: { requests: { cpu: '50m', memory: '64Mi' } },
          command: ['node', '/client/load-client.ts'],
          env: [
            { name: 'GATEWAY_URL', value: GATEWAY_URL },
            { name: 'ACCESS_TOKEN', value: token },
            { name: 'CLIENTS', value: String(clients) },
            { name: 'BEAT_MS', value: String(beatMs) },
          ],
          volumeMounts: [{ name: 'client', mountPath: '/client' }],
        },
      ],
      volumes: [{ name: 'client', configMap: { name: 'neotool-test-load' } }],
    },
  },
]

/** Starts the load and returns once it flows. It ends when it is disposed. */
export const startLoad = async ({ kubectl }: Cluster, token: string, size: LoadSize = USUAL): Promise<Load> => {
  const names = ['pod/neotool-test-load', 'configmap/neotool-test-load', '-n', NAMESPACE]
  const end = async () => void (await kubectl(['delete', ...names, '--ignore-not-found', '--now']))
  await end()
  const program = await readFile(join(import.meta.dirname, 'load-client.ts'), 'utf8')
  await kubectl(['apply', '-f', '-'], {
    input: toYaml(manifests(program, { ...size, image: await gatewayImage(kubectl), token })),
  })
  const read = async () => {
    const line = await kubectl(['logs', 'neotool-test-load', '-n', NAMESPACE, '--tail=1'])
    return JSON.parse(line) as Seen
  }
  const seen = () => eventually('what the load has seen', read)
  await eventually('the load flows', seen, ({ sent }) => sent > 20, 180_000)
  return { seen, [Symbol.asyncDispose]: end }
}
