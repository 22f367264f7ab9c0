import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { type GoProgram, goBinaries } from './go.ts'

/** Writes a module's inputs and outputs into its README. Built on this machine in half a minute. */
export const terraformDocs: GoProgram = {
  title: 'terraform-docs',
  name: 'terraform-docs',
  version: '0.20.0',
  module: 'github.com/terraform-docs/terraform-docs',
  oldestGo: [1, 24, 0],
}

export const terraformDocsBinaries = goBinaries(terraformDocs)

/** The program, whether or not it has been built yet. */
export const terraformDocsProgram = (): string => join(binariesDirectory(terraformDocsBinaries), 'terraform-docs')
