import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkout } from '../checkout.ts'

const REPORTER = fileURLToPath(new URL('tally-reporter.ts', import.meta.url))

let root: string

beforeEach(async () => {
  // Inside of the checkout, so that its files find Vitest.
  root = await mkdtemp(join(checkout, 'node_modules/.tally-'))
})

afterEach(() => rm(root, { recursive: true }))

/** What is written of a run of one file with this text. */
const tallyOf = async (text: string): Promise<unknown> => {
  await writeFile(join(root, 'sums.test.ts'), `import { beforeAll, describe, expect, test } from 'vitest'\n${text}`)
  const file = join(root, 'tally.json')
  await execa('vitest', ['run', '--root', root, `--reporter=${REPORTER}`], {
    preferLocal: true,
    localDir: checkout,
    env: { NEOTOOL_TEST_TALLY: file },
    reject: false,
  })
  return JSON.parse(await readFile(file, 'utf8'))
}

const ADDS = `test('adds', () => { expect(1 + 1).toBe(2) });`

test('tests that were skipped or are still to be written count as skipped', async () => {
  const tally = await tallyOf(`${ADDS} test.skip('subtracts', () => {}); test.todo('divides')`)
  expect(tally).toEqual({ passed: 1, failures: [], skipped: 2 })
})

test.each([
  [
    'a test',
    `describe('a sum', () => { test('is right', () => { expect(1 + 2).toBe(4) }) })`,
    'sums.test.ts: a sum > is right',
    'expected 3 to be 4',
  ],
  [
    'a hook',
    `describe('a sum', () => { beforeAll(() => { throw new Error('no server') }); test('is right', () => {}) })`,
    'sums.test.ts: a sum',
    'no server',
  ],
  ['a file', `throw new Error('no settings')`, 'sums.test.ts', 'no settings'],
  ['what no test waits for', `Promise.reject(new Error('nobody waits'))`, 'an error beside all tests', 'nobody waits'],
])('%s that fails is named, with what it said', async (_what, text, check, message) => {
  expect(await tallyOf(`${ADDS} ${text}`)).toMatchObject({
    failures: [{ check, message: expect.stringContaining(message) }],
  })
})
