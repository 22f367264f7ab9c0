import { corednsBinaries } from '../../binaries/coredns.ts'
import { kafkaBinaries } from '../../binaries/kafka.ts'
import { kubernetesBinaries } from '../../binaries/kubernetes.ts'
import { localPathProvisionerBinaries } from '../../binaries/local-path-provisioner.ts'
import { metricsServerBinaries } from '../../binaries/metrics-server.ts'
import { minioBinaries } from '../../binaries/minio.ts'
import { nodeAndNpmBinaries } from '../../binaries/node.ts'
import { pauseBinaries } from '../../binaries/pause.ts'
import { postgresBinaries } from '../../binaries/postgres.ts'
import { postgresExporterBinaries } from '../../binaries/postgres-exporter.ts'
import { prometheusBinaries } from '../../binaries/prometheus.ts'
import { prometheusOperatorBinaries } from '../../binaries/prometheus-operator.ts'
import { vaultBinaries } from '../../binaries/vault.ts'
import { areFetched, type Binaries } from '../../cache.ts'

/** What the node itself is made of. */
export const ownBinaries: readonly Binaries[] = [
  pauseBinaries,
  kubernetesBinaries,
  corednsBinaries,
  metricsServerBinaries,
  localPathProvisionerBinaries,
]

/** What the node is made of, and what the stand-ins for public images are made of. */
export const clusterBinaries: readonly Binaries[] = [
  ...ownBinaries,
  nodeAndNpmBinaries,
  postgresBinaries,
  kafkaBinaries,
  minioBinaries,
  vaultBinaries,
  prometheusBinaries,
  prometheusOperatorBinaries,
  postgresExporterBinaries,
]

/** Whether a cluster can be started without building anything for half an hour first. */
export const areClusterBinariesFetched = async (): Promise<boolean> =>
  (await Promise.all(clusterBinaries.map(areFetched))).every(Boolean)
