/** Writes inputs and outputs into the READMEs of infra/terraform: node packages/platform/src/terraform/write-docs.ts */
import { join } from 'node:path'
import { execa } from 'execa'
import { terraformDocsBinaries, terraformDocsProgram } from '../binaries/terraform-docs.ts'
import { fetchBinaries } from '../cache.ts'
import { modulesBelow } from './checks.ts'

const root = join(import.meta.dirname, '../../../../infra/terraform')

await fetchBinaries(terraformDocsBinaries, () => {})
for (const directory of await modulesBelow(root)) {
  await execa(terraformDocsProgram(), ['--config', join(root, '.terraform-docs.yml'), join(root, directory)])
}
