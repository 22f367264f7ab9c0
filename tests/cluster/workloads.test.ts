import type { Verification } from '@neotool/platform/kubernetes/deploy/verify'
import { SERVICES } from '@neotool/platform/kubernetes/releases'
import { eventually } from '@neotool/testkit/eventually'
import { describe, expect, inject, it } from 'vitest'
import { access, theCluster } from './access.ts'
import { neotoolJson } from './neotool.ts'
import { ENVIRONMENT, NAMESPACES } from './platform.ts'

const cluster = theCluster()

const itemsOf = async <Item>(args: readonly string[]): Promise<readonly Item[]> =>
  (JSON.parse(await cluster.kubectl(['get', ...args, '-o', 'json'])) as { items: readonly Item[] }).items

type Deployment = { readonly spec: { readonly replicas: number }; readonly status: { readonly readyReplicas?: number } }

describe('what has come up', () => {
  it('is well, as neotool verify says, which leaves nothing behind', async () => {
    // What other files have done under load, the autoscaler follows for a while.
    await eventually('every pod of every service', async () =>
      (await itemsOf<Deployment>(['deployments', '-n', 'neotool-app'])).every(
        ({ spec, status }) => (status.readyReplicas ?? 0) === spec.replicas,
      ),
    )
    const verification = await neotoolJson<Verification>('verify', ENVIRONMENT, '--kubeconfig', access().kubeconfig)
    expect(verification).toMatchObject({ isWell: true, trouble: [] })
    expect(verification.parts.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...SERVICES, 'gateway', 'web', 'postgres', 'pgbouncer', 'kafka', 'vault', 'minio']),
    )
    const states = Object.fromEntries(verification.checks.map(({ name, state }) => [name, state]))
    expect(states).toEqual({
      gateway: 'passed',
      'sign-up': 'passed',
      product: 'passed',
      picture: 'passed',
      event: 'passed',
      metrics: 'passed',
      logs: 'not installed',
      dashboards: 'not installed',
      'picture removed': 'passed',
      'product removed': 'passed',
      'account removed': 'passed',
    })
  })

  it.each(SERVICES)('passes the helm test of %s', async (service) => {
    const said = await cluster.helm(['test', service, '--namespace', 'neotool-app', '--timeout=120s'])
    expect(said).toContain('Phase:          Succeeded')
  })

  it('asks for so much memory that autoscalers come back to two', () => {
    const memory = inject('idleMemory')
    // From three to two: 3 × used ≤ 2 × 80 % of what is asked for.
    expect(memory.filter(({ usedBytes, requestedBytes }) => 1.6 * requestedBytes < 3 * usedBytes)).toEqual([])
  })

  it('lives in namespaces that admit restricted pods alone', async () => {
    type Namespace = { readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> } }
    const all = await itemsOf<Namespace>(['namespaces', '-l', 'app.kubernetes.io/part-of=neotool'])
    const enforced = all.map(({ metadata: { name, labels } }) => [name, labels['pod-security.kubernetes.io/enforce']])
    expect(Object.fromEntries(enforced)).toEqual(Object.fromEntries(NAMESPACES.map((name) => [name, 'restricted'])))
  })

  it.each(NAMESPACES)('%s refuses a pod of root', async (namespace) => {
    const spec = { containers: [{ name: 'root', image: 'busybox', securityContext: { runAsUser: 0 } }] }
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'root', namespace }, spec }
    const attempt = cluster.kubectl(['create', '--dry-run=server', '-f', '-'], { input: JSON.stringify(pod) })
    await expect(attempt).rejects.toMatchObject({
      logLines: [expect.stringContaining('violates PodSecurity "restricted')],
    })
  })
})
