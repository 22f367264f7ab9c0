import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const subgraphs = readdirSync(join(root, 'contracts/graphql')).map((file) => file.replace(/\.graphql$/, ''))

it.each(subgraphs)('%s proves who may use each field of its contract', (service) => {
  expect(existsSync(join(root, `services/${service}/test/access.test.ts`))).toBe(true)
})
