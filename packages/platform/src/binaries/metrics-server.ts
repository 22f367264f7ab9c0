import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Built on this machine in about two minutes. */
export const metricsServer: GoProgram = {
  title: 'metrics-server',
  name: 'metrics-server',
  version: '0.9.0',
  module: 'sigs.k8s.io/metrics-server',
  packages: ['sigs.k8s.io/metrics-server/cmd/metrics-server'],
  oldestGo: [1, 26, 4],
}

export const metricsServerBinaries = goBinaries(metricsServer)

/** The program, whether or not it has been built yet. */
export const metricsServerProgram = (): string => join(binariesDirectory(metricsServerBinaries), 'metrics-server')
