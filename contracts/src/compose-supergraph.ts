/**
 * Writes the supergraph of the contract as it is now, committed or not:
 *
 *   node contracts/src/compose-supergraph.ts FILE
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { compose } from './compose.ts'
import { ContractError, readSubgraphs } from './subgraphs.ts'

const [file] = process.argv.slice(2)
try {
  if (file === undefined) throw new ContractError(['Name the file to write: compose-supergraph.ts FILE'])
  const { supergraph } = compose(await readSubgraphs(join(import.meta.dirname, '../..')))
  await writeFile(file, supergraph)
} catch (error) {
  if (!(error instanceof ContractError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
