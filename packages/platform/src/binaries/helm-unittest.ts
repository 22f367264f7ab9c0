import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/**
 * Tests of Helm charts. Built on this machine in about two minutes; a plugin of helm, which works as a program of its own
 * too: `helm-unittest CHART`.
 */
export const helmUnittest: GoProgram = {
  title: 'helm-unittest',
  name: 'helm-unittest',
  version: '1.0.3',
  module: 'github.com/helm-unittest/helm-unittest/cmd/helm-unittest',
  oldestGo: [1, 24, 0],
}

export const helmUnittestBinaries = goBinaries(helmUnittest)

/** The program, whether or not it has been built yet. */
export const helmUnittestProgram = (): string => join(binariesDirectory(helmUnittestBinaries), 'helm-unittest')
