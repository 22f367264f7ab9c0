import { composeServices } from '@theguild/federation-composition'
import {
  type ASTNode,
  buildASTSchema,
  type GraphQLError,
  getLocation,
  lexicographicSortSchema,
  printSchema,
} from 'graphql'
import { ContractError, position, type Subgraph } from './subgraphs.ts'

export type Composition = {
  /** What a gateway runs: every type with the subgraphs that know it. */
  readonly supergraph: string
  /** What a client sees: the same schema without a trace of federation. */
  readonly api: string
}

const HEADER = '# Generated from contracts/graphql by `npm run generate`. Do not edit.\n\n'

/** Joins the subgraphs into one; throws a ContractError that names file and place of every fault. */
export const compose = (subgraphs: readonly Subgraph[]): Composition => {
  const result = composeServices(subgraphs.map(({ name, url, document }) => ({ name, url, typeDefs: document })))
  if (result.errors) throw new ContractError(result.errors.map((error) => describe(error, subgraphs)))
  return {
    supergraph: `${HEADER}${result.supergraphSdl}\n`,
    // Sorted: which subgraph defines a type, and where in its file, is no business of a client.
    api: `${HEADER}${printSchema(lexicographicSortSchema(buildASTSchema(result.publicDocumentNode)))}\n`,
  }
}

const describe = (error: GraphQLError, subgraphs: readonly Subgraph[]): string => {
  const own = subgraphs.find(({ name }) => name === error.extensions.subgraphName)
  const message = error.message.replace(/^\[\w+] /, '')
  if (own !== undefined) return `${own.file}${position(error) || place(message, own)}: ${message}`
  // A disagreement between subgraphs comes without a place: name the coordinate's place in each of them.
  const places = subgraphs.flatMap((subgraph) => {
    const found = place(message, subgraph)
    return found === '' ? [] : [`${subgraph.file}${found}`]
  })
  return places.length === 0 ? message : `${places.join(', ')}: ${message}`
}

/** The place of the first `"Type"` or `"Type.field"` that the message quotes and the subgraph defines. */
const place = (message: string, { document }: Subgraph): string => {
  for (const [, typeName, fieldName] of message.matchAll(/"(\w+)(?:\.(\w+))?[^"]*"/g)) {
    let found: ASTNode | undefined
    for (const definition of document.definitions) {
      if (!('name' in definition) || definition.name?.value !== typeName) continue
      if (fieldName === undefined) found = definition.name
      else if ('fields' in definition) found = definition.fields?.find(({ name }) => name.value === fieldName)?.name
      else if ('values' in definition) found = definition.values?.find(({ name }) => name.value === fieldName)?.name
      if (found?.loc === undefined) continue
      const { line, column } = getLocation(found.loc.source, found.loc.start)
      return `:${line}:${column}`
    }
  }
  return ''
}
