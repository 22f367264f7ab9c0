import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { differences } from './differences.ts'
import { supergraph, supergraphFile } from './subgraphs.ts'

// `npx vitest run --project conformance --update` writes it anew.
test('the supergraph is that of the two subgraphs', async () => {
  await expect(supergraph()).toMatchFileSnapshot(supergraphFile)
})

test('each difference is that of a test', () => {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.test.ts'))
  const sources = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n')
  const names = Object.values(differences).flatMap((reasons) => Object.keys(reasons))
  const withoutTest = names.filter((name) => !sources.includes(`'${name}'`))
  expect(withoutTest).toEqual([])
})
