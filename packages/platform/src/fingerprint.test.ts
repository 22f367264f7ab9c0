import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'neotool-fingerprint-'))
  mkdirSync(join(root, 'src'))
  writeFileSync(join(root, 'src/a.ts'), 'a')
})

afterEach(() => rmSync(root, { recursive: true }))

test('a changed, renamed or added file changes it', () => {
  const before = fingerprintOf(root, ['src'])
  writeFileSync(join(root, 'src/a.ts'), 'b')
  const changed = fingerprintOf(root, ['src'])
  writeFileSync(join(root, 'src/c.ts'), '')
  expect(new Set([before, changed, fingerprintOf(root, ['src'])]).size).toBe(3)
})

test('a value such as a setting changes it', () => {
  expect(fingerprintOf(root, ['src'], { port: 1 })).not.toBe(fingerprintOf(root, ['src'], { port: 2 }))
})

test('tests, builds and installed packages do not', () => {
  const before = fingerprintOf(root, ['src'])
  writeFileSync(join(root, 'src/a.test.ts'), 'test')
  mkdirSync(join(root, 'src/.next'))
  writeFileSync(join(root, 'src/.next/build'), 'build')
  expect(fingerprintOf(root, ['src'])).toBe(before)
})
