import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Prometheus 2.55.1, whose module counts from 0. Without the tag `builtinassets`, there are no web pages in it. */
export const prometheus: GoProgram = {
  title: 'Prometheus',
  name: 'prometheus',
  version: '0.55.1',
  module: 'github.com/prometheus/prometheus',
  packages: ['github.com/prometheus/prometheus/cmd/prometheus'],
  oldestGo: [1, 24, 0],
  // As its makers build it.
  tags: 'stringlabels',
  variables: { 'github.com/prometheus/common/version.Version': '2.55.1' },
}

export const prometheusBinaries = goBinaries(prometheus)

/** The program, whether or not it has been built yet. */
export const prometheusProgram = (): string => join(binariesDirectory(prometheusBinaries), 'prometheus')
