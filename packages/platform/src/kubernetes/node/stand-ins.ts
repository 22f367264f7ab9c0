/** Images under the names of public ones, made of the programs that `up` runs and of their pinned modules. */
import { join } from 'node:path'
import { kafkaBinaries } from '../../binaries/kafka.ts'
import { minioBinaries, minioProgram } from '../../binaries/minio.ts'
import { postgresBinaries, postgresProgram } from '../../binaries/postgres.ts'
import { postgresExporterBinaries, postgresExporterProgram } from '../../binaries/postgres-exporter.ts'
import { prometheusBinaries, prometheusProgram } from '../../binaries/prometheus.ts'
import { prometheusOperatorBinaries, prometheusOperatorProgram } from '../../binaries/prometheus-operator.ts'
import { vaultBinaries, vaultProgram } from '../../binaries/vault.ts'
import { binariesDirectory } from '../../cache.ts'
import { PlatformError } from '../../failure.ts'
import type { Report } from '../../tasks.ts'
import type { Docker } from '../images-docker.ts'
import { busyboxImage, debianImage, ensureImages, type MadeImage } from './base-images.ts'

/** With the tags of the local overlay, which are the programs' versions, except PgBouncer's and MinIO's. */
export const standIns: readonly MadeImage[] = [
  {
    reference: 'postgres:18.4',
    folder: 'postgres',
    base: debianImage,
    binaries: [postgresBinaries],
    // Its bin, lib and share.
    files: () => ({ postgresql: join(postgresProgram('postgres'), '../..') }),
  },
  { reference: 'edoburu/pgbouncer:v1.24.1-p1', folder: 'pgbouncer', base: debianImage },
  {
    reference: 'apache/kafka:3.7.0',
    folder: 'kafka',
    base: debianImage,
    binaries: [kafkaBinaries],
    files: () => ({ libs: join(binariesDirectory(kafkaBinaries), 'lib') }),
  },
  {
    reference: 'minio/minio:RELEASE.2025-09-07T16-13-09Z',
    folder: 'minio',
    base: busyboxImage,
    binaries: [minioBinaries],
    files: () => ({ minio: minioProgram() }),
  },
  {
    reference: 'hashicorp/vault:1.21.1',
    folder: 'vault',
    base: busyboxImage,
    binaries: [vaultBinaries],
    files: () => ({ vault: vaultProgram() }),
  },
  {
    reference: 'quay.io/prometheuscommunity/postgres-exporter:v0.17.1',
    folder: 'postgres-exporter',
    base: busyboxImage,
    binaries: [postgresExporterBinaries],
    files: () => ({ postgres_exporter: postgresExporterProgram() }),
  },
  {
    reference: 'quay.io/prometheus/prometheus:v2.55.1',
    folder: 'prometheus',
    base: busyboxImage,
    binaries: [prometheusBinaries],
    files: () => ({ prometheus: prometheusProgram() }),
  },
  ...(['operator', 'prometheus-config-reloader'] as const).map((program) => {
    const name = program === 'operator' ? 'prometheus-operator' : program
    return {
      reference: `quay.io/prometheus-operator/${name}:v0.85.0`,
      folder: name,
      base: busyboxImage,
      binaries: [prometheusOperatorBinaries],
      files: () => ({ [program]: prometheusOperatorProgram(program) }),
    }
  }),
]

// Docker leaves its own registry's name out.
const short = (reference: string) => reference.replace(/^docker\.io\/(library\/)?/, '')

/** The stand-in for an image that manifests name; undefined where there is none. */
export const standInFor = (reference: string): MadeImage | undefined =>
  standIns.find((image) => image.reference === short(reference))

/** Makes sure of the stand-ins for images that manifests name, and answers the names that Docker has them under. */
export const ensureStandIns = async (
  docker: Docker,
  references: readonly string[],
  options: { report?: Report; signal?: AbortSignal | undefined } = {},
): Promise<string[]> => {
  const unknown = references.filter((reference) => !standInFor(reference))
  if (unknown.length > 0) {
    const known = standIns.map(({ reference }) => reference).join(', ')
    throw new PlatformError(`There is no stand-in for ${unknown.join(', ')}.`, {
      advice: `Write one beside the others in packages/platform/src/kubernetes/node/stand-ins.ts: ${known}`,
    })
  }
  const images = references.flatMap((reference) => standInFor(reference) ?? [])
  await ensureImages(docker, images, options)
  return images.map(({ reference }) => reference)
}
