import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Compares manifests with JSON schemas. Built on this machine in a few seconds. */
export const kubeconform: GoProgram = {
  title: 'kubeconform',
  name: 'kubeconform',
  version: '0.7.0',
  module: 'github.com/yannh/kubeconform/cmd/kubeconform',
  oldestGo: [1, 24, 0],
}

export const kubeconformBinaries = goBinaries(kubeconform)

/** The program, whether or not it has been built yet. */
export const kubeconformProgram = (): string => join(binariesDirectory(kubeconformBinaries), 'kubeconform')
