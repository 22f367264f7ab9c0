/**
 * Everything that follows from the contract, by one command:
 *
 *   node contracts/src/generate.ts           writes what is new and names changes that break a client
 *   node contracts/src/generate.ts --check   writes nothing; exits 1 with the files that are not as they should be
 *
 * contracts/graphql/*.graphql → contracts/supergraph.graphql (for the gateway), contracts/api.graphql (for clients),
 * services/<name>/src/generated/graphql.ts (resolver types), web's typed documents.
 * The same contract always gives the same bytes: no time, no version and no order of the file system goes in.
 */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { findBreakingChanges } from './breaking-changes.ts'
import { generateClientTypes } from './client-types.ts'
import { compose } from './compose.ts'
import { generateResolverTypes } from './resolver-types.ts'
import { ContractError, readSubgraphs } from './subgraphs.ts'

const API = 'contracts/api.graphql'

/** Path from the root → content, of every file that is generated from the contract. */
export const generateFiles = async (root: string): Promise<Map<string, string>> => {
  const subgraphs = await readSubgraphs(root)
  const { supergraph, api } = compose(subgraphs)
  const files = new Map([
    ['contracts/supergraph.graphql', supergraph],
    [API, api],
  ])
  for (const subgraph of subgraphs) {
    // The contract comes first: a subgraph may be designed before its service is begun.
    if (!existsSync(join(root, 'services', subgraph.name))) continue
    files.set(`services/${subgraph.name}/src/generated/graphql.ts`, await generateResolverTypes(root, subgraph))
  }
  for (const [path, content] of await generateClientTypes(root, 'web', api)) files.set(path, content)
  return files
}

/** The paths whose content on disk is another one, or missing. */
export const findDrift = async (root: string, files: ReadonlyMap<string, string>): Promise<string[]> => {
  const drifted: string[] = []
  for (const [path, content] of files) {
    if ((await readIfThere(join(root, path))) !== content) drifted.push(path)
  }
  return drifted
}

const readIfThere = async (path: string): Promise<string | undefined> =>
  existsSync(path) ? await readFile(path, 'utf8') : undefined

/** The API as it was last committed, so that a second run still names what the first one broke. */
const committedApi = async (root: string): Promise<string | undefined> => {
  try {
    const { stdout } = await promisify(execFile)('git', ['show', `HEAD:${API}`], { cwd: root })
    return stdout
  } catch {
    return await readIfThere(join(root, API)) // no git here, or not committed yet
  }
}

const check = async (root: string): Promise<number> => {
  const files = await generateFiles(root)
  const drifted = await findDrift(root, files)
  if (drifted.length === 0) {
    console.log(`${files.size} generated files match the contract`)
    return 0
  }
  console.error(`Not as the contract says; run \`npm run generate\` and commit:\n  ${drifted.join('\n  ')}`)
  return 1
}

const write = async (root: string): Promise<number> => {
  const files = await generateFiles(root)
  const before = await committedApi(root)
  for (const path of await findDrift(root, files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), files.get(path) ?? '')
    console.log(`wrote ${path}`)
  }
  const breaking = before === undefined ? [] : await findBreakingChanges(before, files.get(API) ?? '')
  if (breaking.length > 0) {
    console.warn(`Clients of the committed API would break:\n  ${breaking.join('\n  ')}`)
  }
  console.log(`${files.size} generated files match the contract`)
  return 0
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  const root = resolve(import.meta.dirname, '../..')
  try {
    process.exitCode = await (values.check ? check(root) : write(root))
  } catch (error) {
    if (!(error instanceof ContractError)) throw error
    console.error(error.message)
    process.exitCode = 1
  }
}
