/** For tests: a small environment, and deployments of it into a cluster that is kept in the test's own process. */
import { PlatformError } from '../../failure.ts'
import type { Report } from '../../tasks.ts'
import type { Cluster, ClusterCommand } from '../cluster.ts'
import type { ClusterAccess } from './access.ts'
import { type DeployOutcome, planDeployment, runSteps, type StepPlan } from './deploy.ts'
import { stepsFrom } from './steps.ts'
import type { DeploymentTarget } from './target.ts'
import { startTestApi, type TestApi } from './test-api.ts'
import { makeTestCluster, type TestCluster } from './test-cluster.ts'

export const NAMESPACES: readonly string[] = ['app', 'web', 'data', 'storage', 'security', 'observability'].map(
  (name) => `neotool-${name}`,
)

const MINIO = `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: minio, namespace: neotool-storage },
  spec: { replicas: 1, template: { spec: { containers: [] } } } }`

/** What its overlay renders to, with an image of the web and more objects. */
export const overlay = (image = 'web:1', more = ''): string =>
  [
    ...NAMESPACES.map((name) => `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name} } }`),
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: neotool-web },
       spec: { replicas: 1, template: { spec: { containers: [{ name: web, image: "${image}" }] } } } }`,
    MINIO,
    '{ apiVersion: batch/v1, kind: Job, metadata: { name: buckets, namespace: neotool-storage } }',
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: old, namespace: neotool-web } }',
    more,
  ]
    .filter(Boolean)
    .join('\n---\n')

export const CLAIM = `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: files, namespace: neotool-storage },
  spec: { resources: { requests: { storage: 20Gi } } } }`

export const targetOf = (terraform?: string): DeploymentTarget => ({
  root: '/checkout',
  name: 'test',
  kind: 'local',
  clientSecrets: [],
  overlay: 'the-overlay',
  valuesFilesOf: (service) => [`${service}.yaml`],
  terraform,
})

type Run = { readonly plan: readonly StepPlan[]; readonly outcome: DeployOutcome }

/** Plans the deployment of an environment and does it. */
export const deployTo = async (
  access: ClusterAccess,
  { from, target = targetOf(), report = () => {} }: { from?: string; target?: DeploymentTarget; report?: Report } = {},
): Promise<Run> => {
  const deployment = { target, access, given: {} }
  const steps = stepsFrom(from)
  const plan = await planDeployment(deployment, steps, report)
  return { plan, outcome: await runSteps(deployment, steps, report) }
}

/** The way to a cluster of a test that starts no process. */
export const accessTo = (state: TestCluster): ClusterAccess & { readonly local: Cluster } => {
  const commandOf =
    (program: string): ClusterCommand =>
    async (args, { input = '', signal, onLine } = {}) => {
      signal?.throwIfAborted()
      const [code = '', ...lines] = state.answer(program, args, input).split('\n')
      const text = lines.join('\n')
      if (code === '0') return text
      const logLines = text.trim().split('\n')
      if (code !== 'stay') throw new PlatformError(`${program} exited with code ${code}.`, { logLines })
      onLine?.(text.trim())
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    }
  const cluster: Cluster = { kubectl: commandOf('kubectl'), helm: commandOf('helm') }
  return {
    terraform: undefined,
    option: ' --kubeconfig a-kubeconfig',
    kubectl: cluster.kubectl,
    local: cluster,
    cluster: async () => cluster,
    clusterIfThere: async () => cluster,
    [Symbol.asyncDispose]: async () => {},
  }
}

export type TestPlatform = AsyncDisposable & {
  readonly cluster: TestCluster
  readonly api: TestApi
  readonly access: ClusterAccess
  readonly work: { readonly cluster: Cluster }
}

/** An empty cluster, with the overlay of the environment, and the way to it. */
export const makeTestPlatform = async (): Promise<TestPlatform> => {
  const api = await startTestApi()
  const cluster = makeTestCluster(api.port)
  cluster.overlay = overlay()
  const access = accessTo(cluster)
  return { cluster, api, access, work: { cluster: access.local }, [Symbol.asyncDispose]: async () => api.close() }
}
