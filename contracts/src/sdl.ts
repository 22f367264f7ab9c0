import { readFile } from 'node:fs/promises'

/** The SDL of one subgraph, as text. */
export const readSdl = (service: string): Promise<string> =>
  readFile(new URL(`../graphql/${service}.graphql`, import.meta.url), 'utf8')
