import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { areFetched, type Binaries, binariesDirectory, fetchBinaries } from './cache.ts'

let cache = ''
let installs = 0

const tool: Binaries = {
  title: 'Tool',
  name: 'tool',
  version: '1.0',
  async install(directory) {
    installs += 1
    writeFileSync(join(directory, 'tool'), 'a program')
  },
}

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'neotool-cache-'))
  installs = 0
  vi.stubEnv('NEOTOOL_CACHE', cache)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(cache, { recursive: true })
})

test('binaries are fetched once', async () => {
  expect(areFetched(tool)).toBe(false)
  await Promise.all([fetchBinaries(tool, () => {}), fetchBinaries(tool, () => {})])
  expect([areFetched(tool), installs]).toEqual([true, 1])
})

test('a program that was cut off is noticed, and fetched again', async () => {
  await fetchBinaries(tool, () => {})
  const program = join(binariesDirectory(tool), 'tool')
  truncateSync(program, 3)
  expect(areFetched(tool)).toBe(false)
  const told: string[] = []
  await fetchBinaries(tool, (text) => told.push(text))
  expect(readFileSync(program, 'utf8')).toBe('a program')
  expect(told).toContain('it was damaged, fetching it again')
  expect(readdirSync(cache).filter((name) => /partial|damaged/.test(name))).toEqual([])
})

test('a fetch that fails leaves nothing that could be taken for the whole', async () => {
  const broken = { ...tool, install: () => Promise.reject(new Error('the line broke')) }
  await expect(fetchBinaries(broken, () => {})).rejects.toThrow('the line broke')
  expect([areFetched(tool), existsSync(binariesDirectory(tool))]).toEqual([false, false])
})
