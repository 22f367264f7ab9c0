/** What high availability rests on: copies that know each other, each with an identity of its own. */
import { environmentOf } from '@neotool/platform/kubernetes/checks/environment-of'
import { podSpec, workloadOf } from '@neotool/platform/kubernetes/model'
import { describe, expect, test } from 'vitest'
import { manifests, named } from './manifests.ts'

const { prod } = manifests

const environmentIn = (name: string, container: string) => {
  const workload = workloadOf(named(prod, name))
  const found = workload?.pod.containers.find((each) => each.name === container)
  if (workload === undefined || found === undefined) throw new Error(`${name} has no container ${container}.`)
  return { workload, found, environment: environmentOf(workload, found, prod, (each) => `(${each})`) }
}

describe('Kafka', () => {
  const { workload, found, environment } = environmentIn('StatefulSet neotool-messaging/kafka', 'kafka')

  test('has three nodes, each with an id of its own', () => {
    expect(workload.replicas).toBe(3)
    const id = found.env.find(({ name }) => name === 'KAFKA_NODE_ID')
    // The ordinal, which no two pods share.
    expect(id?.valueFrom?.fieldRef).toEqual({ fieldPath: "metadata.labels['apps.kubernetes.io/pod-index']" })
    const voters = [0, 1, 2].map((node) => `${node}@kafka-${node}.kafka-nodes.neotool-messaging.svc.cluster.local:9093`)
    expect(environment.KAFKA_CONTROLLER_QUORUM_VOTERS).toBe(voters.join(','))
  })

  test('keeps each event three times, and takes one when two have it', () => {
    expect(environment).toMatchObject({
      KAFKA_DEFAULT_REPLICATION_FACTOR: '3',
      KAFKA_MIN_INSYNC_REPLICAS: '2',
      KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '3',
      KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '3',
      KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '2',
    })
    const { environment: topics } = environmentIn('Job neotool-messaging/topics', 'topics')
    expect(topics.KAFKA_REPLICATION_FACTOR).toBe('3')
  })
})

test('Vault has three nodes, each by its own name', () => {
  const { workload, environment } = environmentIn('StatefulSet neotool-security/vault', 'vault')
  expect(workload.replicas).toBe(3)
  expect(environment.VAULT_RAFT_NODE_ID).toBe('(POD_NAME)')
  expect(environment.VAULT_CLUSTER_ADDR).toContain('(POD_NAME).vault-nodes')
  const config = named(prod, 'ConfigMap neotool-security/vault-config')
  for (const node of [0, 1, 2]) expect(JSON.stringify(config.data)).toContain(`https://vault-${node}.vault-nodes.`)
})

test('PostgreSQL has three instances that replicate, and a pooler of three', () => {
  expect(named(prod, 'Cluster neotool-data/postgres')).toMatchObject({
    spec: { instances: 3, postgresql: { synchronous: { number: 1 } } },
  })
  expect(named(prod, 'Pooler neotool-data/pgbouncer')).toMatchObject({ spec: { instances: 3 } })
})

test('files are in R2: there is no MinIO', () => {
  expect(
    prod.filter(({ metadata }) => metadata.namespace === 'neotool-storage' && metadata.name.startsWith('minio')),
  ).toEqual([])
  const { environment } = environmentIn('Deployment neotool-app/assets', 'assets')
  expect(environment.ASSETS_S3_ENDPOINT).toMatch(/^https:\/\/\S+\.r2\.cloudflarestorage\.com$/)
})

test.each([
  'Deployment neotool-app/app',
  'Deployment neotool-app/security',
  'Deployment neotool-app/assistant',
  'Deployment neotool-app/assets',
  'Deployment neotool-web/web',
  'Deployment neotool-web/gateway',
  'StatefulSet neotool-messaging/kafka',
  'StatefulSet neotool-security/vault',
])('%s keeps its pods apart, and goes before what can wait', (name) => {
  const pod = podSpec.parse(workloadOf(named(prod, name))?.pod)
  expect(pod).toHaveProperty('affinity.podAntiAffinity')
  expect(pod.priorityClassName).toMatch(/^neotool-/)
})

test('three or more of web and gateway', () => {
  for (const name of ['web', 'gateway']) {
    const scaler = named(prod, `HorizontalPodAutoscaler neotool-web/${name}`)
    expect(scaler).toMatchObject({ spec: { minReplicas: expect.toSatisfy((least: number) => least >= 3) } })
  }
})
