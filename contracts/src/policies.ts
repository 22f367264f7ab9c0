import { readFile } from 'node:fs/promises'

const read = (name: string): Promise<string> => readFile(new URL(`../policies/${name}`, import.meta.url), 'utf8')

/** The Cedar schema and the base policies, as text. */
export const readPolicies = async (): Promise<{ schema: string; policies: string }> => ({
  schema: await read('schema.cedarschema'),
  policies: await read('base.cedar'),
})
