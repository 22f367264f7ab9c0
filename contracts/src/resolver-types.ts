import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { executeCodegen } from '@graphql-codegen/cli'
import * as typescript from '@graphql-codegen/typescript'
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers'
import { buildASTSchema, type GraphQLSchema, Kind } from 'graphql'
import { z } from 'zod'
import { ContractError, type Subgraph } from './subgraphs.ts'

const settingsSchema = z.strictObject({
  /**
   * GraphQL type → the domain type that its resolvers receive, for example `../product.ts#Product`, seen from
   * src/generated. An entity should have one: without it its resolvers must also accept the bare reference.
   */
  mappers: z.record(z.string(), z.string()).default({}),
})

/** The resolver types of one subgraph; services/<name>/codegen.json, where there is one, says what maps to what. */
export const generateResolverTypes = async (root: string, subgraph: Subgraph): Promise<string> => {
  const schema = ownSchema(subgraph)
  const { mappers } = await readSettings(root, subgraph.name, schema)
  const { result, error } = await executeCodegen({
    silent: true,
    cwd: root,
    schema,
    generates: { 'graphql.ts': { plugins: ['typescript', 'typescript-resolvers'] } },
    pluginLoader: (name) => (name.endsWith('typescript-resolvers') ? typescriptResolvers : typescript),
    config: {
      federation: true,
      mappers: Object.fromEntries(Object.entries(mappers).map(([type, source]) => [type, withOwnName(type, source)])),
      contextType: '@neotool/kit/graphql#GraphqlContext',
      strictScalars: true,
      defaultScalarType: 'unknown',
      scalars: {
        ID: 'string',
        // A resolver returns a Date; an argument arrives as the text that the client sent.
        DateTime: { input: 'string', output: 'Date' },
        // Declared by the generator for @key; no resolver sees it.
        _FieldSet: 'string',
      },
      enumsAsTypes: true,
      useTypeImports: true,
      skipTypename: true,
      maybeValue: 'T | null',
      inputMaybeValue: 'T | null | undefined',
      avoidOptionals: { field: true, object: true, inputValue: false, defaultValue: false, resolvers: false },
      immutableTypes: true,
      optionalInfoArgument: false,
    },
  })
  if (error !== null) throw error
  const [file] = result
  if (file === undefined) throw new Error(`No resolver types came out of ${subgraph.file}`)
  return `// Generated from ${subgraph.file} by \`npm run generate\`. Do not edit.\n${file.content.trim()}\n`
}

/** A domain type mostly has the name of its GraphQL type, which the generated file declares itself. */
const withOwnName = (type: string, source: string): string =>
  / as \w+$/.test(source) ? source : `${source} as ${type}Model`

/** The subgraph's own types without federation's machinery; the generator reads @key from the syntax tree. */
const ownSchema = ({ document }: Subgraph): GraphQLSchema =>
  buildASTSchema(
    { ...document, definitions: document.definitions.filter(({ kind }) => kind !== Kind.SCHEMA_EXTENSION) },
    { assumeValidSDL: true },
  )

const readSettings = async (
  root: string,
  service: string,
  schema: GraphQLSchema,
): Promise<z.infer<typeof settingsSchema>> => {
  const file = `services/${service}/codegen.json`
  if (!existsSync(join(root, file))) return { mappers: {} }
  const { success, data, error } = settingsSchema.safeParse(JSON.parse(await readFile(join(root, file), 'utf8')))
  if (!success) throw new ContractError([`${file}: ${z.prettifyError(error)}`])
  const unknown = Object.keys(data.mappers).filter((name) => schema.getType(name) === undefined)
  if (unknown.length > 0) {
    throw new ContractError(
      unknown.map((name) => `${file}: there is no type "${name}" in contracts/graphql/${service}.graphql to map`),
    )
  }
  return data
}
