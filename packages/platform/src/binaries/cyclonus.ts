import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/**
 * Evaluates NetworkPolicies: a small program of ours (binaries/cyclonus/main.go) over Cyclonus 0.5.6. Built on this machine
 * in about two minutes. The number after the hyphen rises with every change of the program.
 */
export const cyclonus: GoProgram = {
  title: 'Cyclonus',
  name: 'cyclonus',
  version: '0.5.6-1',
  module: '.',
  oldestGo: [1, 24, 0],
}

export const cyclonusBinaries = goBinaries(cyclonus)

/** The program, whether or not it has been built yet. */
export const cyclonusProgram = (): string => join(binariesDirectory(cyclonusBinaries), 'cyclonus')
