/*
 * Programs of others ignore a variable that they do not know, so a misspelt one would go unseen. These are the variables that
 * manifests of ours may give them. Before a name is added here, it is looked up: Kafka prints all of its properties
 * (java kafka.server.KafkaConfig), the programs of Vault and MinIO hold theirs as texts, the others have them in their manuals.
 */
import { containersOf, workloadsOf } from '../model.ts'
import { type KubernetesObject, nameOf } from '../objects.ts'
import { environmentOf, mountedFilesOf } from './environment-of.ts'
import type { Finding } from './finding.ts'
import { programNameOf } from './images.ts'

/** For every program: of the C library, of Go's runtime, and where a program keeps its own files. */
const known = ['HOME', 'MALLOC_ARENA_MAX', 'GOMEMLIMIT']

const kafkaProperties = [
  'advertised.listeners',
  'auto.create.topics.enable',
  'background.threads',
  'broker.heartbeat.interval.ms',
  'broker.session.timeout.ms',
  'controller.listener.names',
  'controller.quorum.voters',
  'default.replication.factor',
  'inter.broker.listener.name',
  'listener.security.protocol.map',
  'listeners',
  'log.cleaner.dedupe.buffer.size',
  'log.dirs',
  'log.retention.bytes',
  'log.retention.hours',
  'log.roll.hours',
  'log.segment.bytes',
  'metadata.max.idle.interval.ms',
  'min.insync.replicas',
  'node.id',
  'num.io.threads',
  'num.network.threads',
  'offsets.retention.minutes',
  'offsets.topic.num.partitions',
  'offsets.topic.replication.factor',
  'process.roles',
  'transaction.state.log.min.isr',
  'transaction.state.log.num.partitions',
  'transaction.state.log.replication.factor',
  'unclean.leader.election.enable',
]

const variables: Readonly<Record<string, readonly string[]>> = {
  postgres: ['PGDATA', 'POSTGRES_INITDB_ARGS', 'POSTGRES_PASSWORD_FILE'],
  'quay.io/prometheuscommunity/postgres-exporter': ['DATA_SOURCE_PASS_FILE', 'DATA_SOURCE_URI', 'DATA_SOURCE_USER'],
  'quay.io/prometheuscommunity/pgbouncer-exporter': ['PGBOUNCER_EXPORTER_CONNECTION_STRING'],
  'apache/kafka': [
    ...kafkaProperties.map((name) => `KAFKA_${name.toUpperCase().replaceAll('.', '_')}`),
    // Of the image's and of Kafka's own scripts.
    'CLUSTER_ID',
    'EXTRA_ARGS',
    'KAFKA_HEAP_OPTS',
    'KAFKA_JVM_PERFORMANCE_OPTS',
    'LOG_DIR',
  ],
  'minio/minio': [
    'MINIO_API_CORS_ALLOW_ORIGIN',
    'MINIO_BROWSER',
    'MINIO_PROMETHEUS_AUTH_TYPE',
    'MINIO_ROOT_PASSWORD_FILE',
    'MINIO_ROOT_USER_FILE',
    'MINIO_SITE_REGION',
    'MINIO_UPDATE',
  ],
  'hashicorp/vault': [
    'VAULT_ADDR',
    'VAULT_API_ADDR',
    'VAULT_CACERT',
    'VAULT_CLUSTER_ADDR',
    'VAULT_DEV_ROOT_TOKEN_ID',
    'VAULT_RAFT_NODE_ID',
  ],
  'ghcr.io/apollographql/router': [
    'APOLLO_ROUTER_CONFIG_PATH',
    'APOLLO_ROUTER_LOG',
    'APOLLO_ROUTER_SUPERGRAPH_PATH',
    'APOLLO_TELEMETRY_DISABLED',
  ],
  'grafana/grafana': [
    'GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES',
    'GF_ANALYTICS_CHECK_FOR_UPDATES',
    'GF_ANALYTICS_REPORTING_ENABLED',
    'GF_LOG_MODE',
    'GF_NEWS_NEWS_FEED_ENABLED',
    'GF_SECURITY_ADMIN_PASSWORD__FILE',
    'GF_SECURITY_ADMIN_USER__FILE',
    'GF_SERVER_HTTP_PORT',
    'GF_USERS_ALLOW_SIGN_UP',
  ],
  // It tells Promtail which node it is on.
  'grafana/promtail': ['HOSTNAME'],
}

/** `${env.NAME}` of Apollo Router; with `:-` there is a value without the variable too. */
const REFERENCE = /\$\{env\.(\w+)(:-)?/g

/** Programs of others get variables that they read, and those that their configuration asks for. */
export const findForeignSettings = (objects: readonly KubernetesObject[]): Finding[] =>
  workloadsOf(objects)
    .filter(({ isOfOperator }) => !isOfOperator)
    .flatMap((workload) =>
      containersOf(workload.pod).flatMap((container) => {
        const image = programNameOf(container.image)
        if (image.startsWith('neotool/')) return []
        const names = Object.keys(environmentOf(workload, container, objects, () => ''))
        const files = mountedFilesOf(workload, container, objects)
        const values = container.env.map(({ value = '' }) => value)
        const texts = [...container.command, ...container.args, ...values, files]
        const isUsed = (name: string) => texts.some((text) => new RegExp(`\\$[{(]?(env\\.)?${name}\\b`).test(text))
        const read = [...known, ...(variables[image] ?? [])]
        const needed = [...files.matchAll(REFERENCE)].flatMap(([, name = '', preset]) => (preset ? [] : [name]))
        return [
          ...names
            .filter((name) => !read.includes(name) && !isUsed(name))
            .map((name) => `${image} does not read ${name}`),
          ...needed.filter((name) => !names.includes(name)).map((name) => `its configuration asks for ${name}`),
        ].map((problem) => ({
          rule: 'settings',
          object: nameOf(workload.object),
          problem: `${container.name}: ${problem}`,
        }))
      }),
    )
