import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { goVersion, minioBinaries } from './minio.ts'

describe('goVersion', () => {
  it.each([
    ['go version go1.26.8 linux/amd64', [1, 26, 8]],
    ['go version go1.25 linux/arm64', [1, 25, 0]],
    ['go version devel go1.27-abcdef linux/amd64', [1, 27, 0]],
    ['bash: go: command not found', undefined],
  ])('reads %s', (output, version) => {
    expect(goVersion(output)).toEqual(version)
  })
})

describe('binaries/minio/go.mod', () => {
  it('pins the version that the cache is named after', () => {
    const goMod = readFileSync(join(import.meta.dirname, '../../binaries/minio/go.mod'), 'utf8')
    expect(/github\.com\/minio\/minio v(\S+)/.exec(goMod)?.[1]).toBe(minioBinaries.version)
  })
})
