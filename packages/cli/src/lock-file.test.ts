import { expect, test } from 'vitest'
import { completeLockFile, missingOptionalPackages, readLockFile } from './lock-file.ts'

test('package-lock.json names the packages of every platform; if not, run: npm run lock', () => {
  expect(missingOptionalPackages(readLockFile())).toEqual([])
})

test('a missing package is named with the platform that its name tells, and is never installed here', () => {
  const lock = {
    packages: { 'node_modules/tool': { dev: true, optionalDependencies: { '@tool/linux-arm64-musl': '1.2.3' } } },
  }
  const completed = completeLockFile(lock)
  expect(completed.packages['node_modules/@tool/linux-arm64-musl']).toEqual({
    version: '1.2.3',
    cpu: ['arm64'],
    dev: true,
    libc: ['musl'],
    optional: true,
    os: ['linux'],
  })
  expect(missingOptionalPackages(completed)).toEqual([])
})
