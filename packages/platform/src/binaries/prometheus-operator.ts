import { join } from 'node:path'
import { z } from 'zod'
import { binariesDirectory } from '../cache.ts'
import { runCommand } from '../run-command.ts'
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

const downloaded = z.object({ Dir: z.string() })

/** The directory with its custom resource definitions, which are in its module and not in the programs. */
export const prometheusOperatorDefinitions = async (): Promise<string> => {
  const cwd = join(import.meta.dirname, '../../binaries', prometheusOperator.name)
  const answer = await runCommand('go', ['mod', 'download', '-json', module], {
    cwd,
    env: { ...process.env, GOTOOLCHAIN: 'local', GOFLAGS: '-mod=readonly' },
    reason: 'download',
    advice: 'Go needs a way to its module proxy: directly, or by a mirror in GOPROXY (go env GOPROXY).',
  })
  return join(downloaded.parse(JSON.parse(answer)).Dir, 'example/prometheus-operator-crd')
}
