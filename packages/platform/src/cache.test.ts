import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { areFetched, type Binaries, binariesDirectory, fetchBinaries } from './cache.ts'
import { changedFiles, hasManifest, manifestFileOf } from './manifest.ts'

let cache = ''
let installs = 0

// In seconds.
const installedAt = 1_800_000_000

const tool: Binaries = {
  title: 'Tool',
  name: 'tool',
  version: '1.0',
  async install(directory) {
    installs += 1
    writeFileSync(join(directory, 'tool'), 'a program')
    utimesSync(join(directory, 'tool'), installedAt, installedAt)
    symlinkSync('tool', join(directory, 'link'))
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
  expect(await areFetched(tool)).toBe(false)
  await Promise.all([fetchBinaries(tool, () => {}), fetchBinaries(tool, () => {})])
  expect([await areFetched(tool), installs]).toEqual([true, 1])
})

const program = () => join(binariesDirectory(tool), 'tool')

/** Overwrites a file without a change of its size or time, as a failing disk does. */
const rot = (path: string) => {
  writeFileSync(path, 'b program')
  utimesSync(path, installedAt, installedAt)
}

test.each([
  ['was cut off', () => truncateSync(program(), 3)],
  ['has other bytes of the same number', () => writeFileSync(program(), 'b program')],
  ['is gone', () => rmSync(program())],
  ['is the manifest and cut off', () => truncateSync(manifestFileOf(binariesDirectory(tool)), 3)],
  ['was not there', () => writeFileSync(join(program(), '../stray'), '')],
])('a file that %s is noticed by every up, and fetched again', async (_, damage) => {
  await fetchBinaries(tool, () => {})
  utimesSync(program(), 1, 1)
  expect(await areFetched(tool), 'another time alone is no damage').toBe(true)
  damage()
  expect(await areFetched(tool)).toBe(false)
  const told: string[] = []
  await fetchBinaries(tool, (text) => told.push(text))
  expect(readFileSync(program(), 'utf8')).toBe('a program')
  expect(told).toContain('it was damaged, fetching it again')
  expect(readdirSync(cache).filter((name) => /partial|damaged/.test(name))).toEqual([])
})

test('a file that changed behind its time is found by whoever looks at all hashes', async () => {
  await fetchBinaries(tool, () => {})
  expect(await changedFiles(binariesDirectory(tool), 'all')).toEqual([])
  rot(program())
  expect(await areFetched(tool)).toBe(true)
  // The link leads to the same file.
  expect(await changedFiles(binariesDirectory(tool), 'all')).toEqual(['link', 'tool'])
})

test('what an earlier version fetched is taken as it is, and remembered', async () => {
  await fetchBinaries(tool, () => {})
  rmSync(manifestFileOf(binariesDirectory(tool)))
  expect(await areFetched(tool)).toBe(true)
  await fetchBinaries(tool, () => {})
  expect([hasManifest(binariesDirectory(tool)), installs]).toEqual([true, 1])
  truncateSync(program(), 3)
  expect(await areFetched(tool)).toBe(false)
})

test('a manifest may be read by whoever may read the files', async () => {
  const mask = process.umask(0o077)
  try {
    await fetchBinaries(tool, () => {})
  } finally {
    process.umask(mask)
  }
  expect(statSync(manifestFileOf(binariesDirectory(tool))).mode & 0o777).toBe(0o644)
})

test('a fetch that fails leaves nothing that could be taken for the whole', async () => {
  const broken = { ...tool, install: () => Promise.reject(new Error('the line broke')) }
  await expect(fetchBinaries(broken, () => {})).rejects.toThrow('the line broke')
  expect([await areFetched(tool), existsSync(binariesDirectory(tool))]).toEqual([false, false])
})
