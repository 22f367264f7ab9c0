import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CodegenConfig, executeCodegen } from '@graphql-codegen/cli'
import { buildSchema } from 'graphql'
import { z } from 'zod'
import { ContractError } from './subgraphs.ts'

// Looked at no closer: graphql-codegen itself names a fault in it.
const settingsSchema = z.custom<CodegenConfig>(
  (value) => typeof value === 'object' && value !== null && 'generates' in value,
  {
    error: 'there is nothing to generate: "generates" is missing',
  },
)

/**
 * The typed documents of a client: `<client>/codegen.json` is a configuration of graphql-codegen without a schema,
 * which is the API as it was composed just now. Gives path (from the root) → content; nothing without that file.
 */
export const generateClientTypes = async (root: string, client: string, api: string): Promise<Map<string, string>> => {
  const file = join(client, 'codegen.json')
  if (!existsSync(join(root, file))) return new Map()
  const settings = settingsSchema.safeParse(JSON.parse(await readFile(join(root, file), 'utf8')))
  if (!settings.success) throw new ContractError([`${file}: ${z.prettifyError(settings.error)}`])
  const { result, error } = await executeCodegen({
    ...settings.data,
    cwd: join(root, client),
    silent: true,
    ignoreNoDocuments: true,
    schema: buildSchema(api),
  })
  if (error !== null) throw new ContractError([`${client}: ${error.message}`])
  return new Map(result.map(({ filename, content }) => [join(client, filename), content]))
}
