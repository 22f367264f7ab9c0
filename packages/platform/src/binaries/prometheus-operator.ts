import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

const module = 'github.com/prometheus-operator/prometheus-operator'

/** The operator and the program that it puts beside each Prometheus. */
export const prometheusOperator: GoProgram = {
  title: 'Prometheus Operator',
  name: 'prometheus-operator',
  version: '0.85.0',
  module,
  packages: [`${module}/cmd/operator`, `${module}/cmd/prometheus-config-reloader`],
  oldestGo: [1, 24, 0],
  variables: { 'github.com/prometheus/common/version.Version': '0.85.0' },
}

export const prometheusOperatorBinaries = goBinaries(prometheusOperator)

/** A program of its, whether or not it has been built yet. */
export const prometheusOperatorProgram = (name: 'operator' | 'prometheus-config-reloader'): string =>
  join(binariesDirectory(prometheusOperatorBinaries), name)
