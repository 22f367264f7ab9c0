/*
 * A cloud has a thousand kinds of resources, and Terraform reads all their schemas anew for each run of a test. A mirror whose
 * stubs know those alone that our files name answers the same in a fraction of the time; what nobody knows stays unknown.
 */
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const schemas = z.looseObject({
  resource_schemas: z.record(z.string(), z.unknown()),
  data_source_schemas: z.record(z.string(), z.unknown()),
})

const filesBelow = async (directory: string, isWanted: (name: string) => boolean): Promise<string[]> =>
  (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && isWanted(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))

/** The types of resources and data sources that Terraform's files below a directory name. */
export const typesUsedBelow = async (directory: string): Promise<ReadonlySet<string>> => {
  const files = await filesBelow(directory, (name) => /\.tf$|\.hcl$/.test(name))
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  return new Set(
    texts.flatMap((text) =>
      [...text.matchAll(/^\s*(?:resource|data|mock_resource|mock_data) "(\w+)"/gm)].map(([, type = '']) => type),
    ),
  )
}

/** Copies a mirror of stubs, and takes from their schemas all types but these. */
export const trimStubs = async (from: string, to: string, types: ReadonlySet<string>): Promise<void> => {
  await cp(from, to, { recursive: true })
  const only = (all: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(all).filter(([type]) => types.has(type)))
  for (const file of await filesBelow(to, (name) => name === 'schema.json')) {
    const all = schemas.parse(JSON.parse(await readFile(file, 'utf8')))
    const resource_schemas = only(all.resource_schemas)
    const data_source_schemas = only(all.data_source_schemas)
    await writeFile(file, JSON.stringify({ ...all, resource_schemas, data_source_schemas }))
  }
}
