import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type DocumentNode, GraphQLError, parse, Source } from 'graphql'

/** One subgraph as it is written by hand: its name is the file's name. */
export type Subgraph = {
  readonly name: string
  /** Relative to the repository's root, for messages. */
  readonly file: string
  readonly url: string
  readonly document: DocumentNode
}

/** The contract cannot be composed; `problems` name file, line and column. */
export class ContractError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(
      `${problems.length === 1 ? 'A problem' : `${problems.length} problems`} in the contract:\n  ${problems.join('\n  ')}`,
    )
    this.name = 'ContractError'
    this.problems = problems
  }
}

/**
 * Where each service listens in the default environment. The supergraph must name an address; a gateway that runs
 * elsewhere replaces it by its own settings.
 */
export const SUBGRAPH_URLS: Readonly<Record<string, string>> = {
  app: 'http://127.0.0.1:4001/graphql',
  security: 'http://127.0.0.1:4002/graphql',
  assistant: 'http://127.0.0.1:4003/graphql',
  assets: 'http://127.0.0.1:4004/graphql',
}

/** Reads contracts/graphql/*.graphql in the order of their names; throws a ContractError that lists every fault. */
export const readSubgraphs = async (root: string): Promise<Subgraph[]> => {
  const files = (await readdir(join(root, 'contracts/graphql'))).filter((file) => file.endsWith('.graphql')).sort()
  if (files.length === 0) throw new ContractError(['contracts/graphql holds no .graphql file'])
  const problems: string[] = []
  const subgraphs: Subgraph[] = []
  for (const fileName of files) {
    const name = basename(fileName, '.graphql')
    const file = `contracts/graphql/${fileName}`
    const url = SUBGRAPH_URLS[name]
    if (url === undefined) {
      problems.push(`${file}: "${name}" has no address; add it to SUBGRAPH_URLS in contracts/src/subgraphs.ts`)
      continue
    }
    try {
      const document = parse(new Source(await readFile(join(root, file), 'utf8'), file))
      subgraphs.push({ name, file, url, document })
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error
      problems.push(`${file}${position(error)}: ${error.message}`)
    }
  }
  if (problems.length > 0) throw new ContractError(problems)
  return subgraphs
}

/** `:line:column` of the error's first location, or nothing where it has none. */
export const position = (error: GraphQLError): string => {
  const [location] = error.locations ?? []
  return location === undefined ? '' : `:${location.line}:${location.column}`
}
