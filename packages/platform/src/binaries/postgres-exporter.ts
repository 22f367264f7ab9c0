import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Shows Prometheus what PostgreSQL counts. */
export const postgresExporter: GoProgram = {
  title: 'postgres_exporter',
  name: 'postgres-exporter',
  version: '0.17.1',
  module: 'github.com/prometheus-community/postgres_exporter',
  packages: ['github.com/prometheus-community/postgres_exporter/cmd/postgres_exporter'],
  oldestGo: [1, 24, 0],
  variables: { 'github.com/prometheus/common/version.Version': '0.17.1' },
}

export const postgresExporterBinaries = goBinaries(postgresExporter)

/** The program, whether or not it has been built yet. */
export const postgresExporterProgram = (): string =>
  join(binariesDirectory(postgresExporterBinaries), 'postgres_exporter')
