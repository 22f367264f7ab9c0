import { readFile } from 'node:fs/promises'
import { ConfigError } from '@neotool/kit/config'
import { Kind, parse } from 'graphql'

export type Supergraph = {
  readonly sdl: string
  /** Subgraph → the address of its GraphQL endpoint. */
  readonly urls: ReadonlyMap<string, string>
}

/** Reads the composed supergraph; an address in `overrides` replaces the one that was composed into it. */
export const readSupergraph = async (
  file: string,
  overrides: Readonly<Record<string, string | undefined>>,
): Promise<Supergraph> => {
  const sdl = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`GATEWAY_SUPERGRAPH_FILE: ${file} cannot be read; \`npm run generate\` makes it`, { cause })
  })
  const composed = joinedGraphs(sdl)
  if (composed.length === 0) throw new ConfigError(`GATEWAY_SUPERGRAPH_FILE: ${file} is not a supergraph`)
  return { sdl, urls: new Map(composed.map(({ name, url }) => [name, overrides[name] ?? url])) }
}

/** The subgraphs as the join specification names them: `APP @join__graph(name: "app", url: "…")`. */
const joinedGraphs = (sdl: string): { name: string; url: string }[] =>
  parse(sdl, { noLocation: true }).definitions.flatMap((definition) => {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION || definition.name.value !== 'join__Graph') return []
    return (definition.values ?? []).flatMap(({ directives }) => {
      const given = directives?.find(({ name }) => name.value === 'join__graph')?.arguments ?? []
      const argument = (name: string) => {
        const value = given.find((node) => node.name.value === name)?.value
        return value?.kind === Kind.STRING ? value.value : ''
      }
      return [{ name: argument('name'), url: argument('url') }]
    })
  })
