import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Looks for what is careless in Terraform's files; the rules of the language are in it. Built in about two minutes. */
export const tflint: GoProgram = {
  title: 'TFLint',
  name: 'tflint',
  version: '0.64.0',
  module: 'github.com/terraform-linters/tflint',
  oldestGo: [1, 26, 3],
}

export const tflintBinaries = goBinaries(tflint)

/** The program, whether or not it has been built yet. */
export const tflintProgram = (): string => join(binariesDirectory(tflintBinaries), 'tflint')
