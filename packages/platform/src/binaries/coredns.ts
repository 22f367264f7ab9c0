import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Built on this machine in about a minute, from a main package of ours that names its plug-ins. */
export const coredns: GoProgram = {
  title: 'CoreDNS',
  name: 'coredns',
  version: '1.12.4',
  module: 'github.com/coredns/coredns',
  packages: ['.'],
  oldestGo: [1, 24, 0],
}

export const corednsBinaries = goBinaries(coredns)

/** The program, whether or not it has been built yet. */
export const corednsProgram = (): string => join(binariesDirectory(corednsBinaries), 'coredns')
