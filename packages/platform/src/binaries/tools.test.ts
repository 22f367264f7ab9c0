import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { KUBERNETES_VERSION, kubernetesSchemas } from '../kubernetes/schemas.ts'
import { checkovBinaries } from './checkov.ts'
import { cyclonus } from './cyclonus.ts'
import { helmUnittest } from './helm-unittest.ts'
import { kubeScore } from './kube-score.ts'
import { kubeconform } from './kubeconform.ts'

const lockOf = (name: string, file: string) =>
  readFileSync(join(import.meta.dirname, '../../binaries', name, file), 'utf8')

// Their program is one package of the module that go.mod names, or our own over it.
describe.each([
  [kubeconform, 'github.com/yannh/kubeconform'],
  [kubeScore, 'github.com/zegl/kube-score'],
  [helmUnittest, 'github.com/helm-unittest/helm-unittest'],
  [cyclonus, 'github.com/mattfenwick/cyclonus'],
] as const)('$0.name', ({ name, version, oldestGo }, module) => {
  const goMod = lockOf(name, 'go.mod')

  it('is pinned to the version that the cache is named after', () => {
    expect(goMod).toMatch(
      new RegExp(`^(require |\\t)${module} v${version.replace(/-\d+$/, '').replaceAll('.', '\\.')}( |$)`, 'm'),
    )
  })

  it('asks for the Go of its go.mod', () => {
    expect(/^go (.+)$/m.exec(goMod)?.[1]).toBe(oldestGo.join('.'))
  })
})

it('Checkov is locked to the version that the cache is named after', () => {
  expect(lockOf('checkov', 'requirements.txt')).toContain(`\ncheckov==${checkovBinaries.version} \\\n`)
})

it('schemas are of the release that manifests are written for', () => {
  expect(kubernetesSchemas.version.startsWith(`${KUBERNETES_VERSION}-`)).toBe(true)
})

it.each(['checkov', 'kubernetes-schemas'])('each package of %s has its checksum', (name) => {
  const packages = lockOf(name, 'requirements.txt')
    .split(/\n(?=\S)/)
    .filter((text) => text.includes('=='))
  expect(packages.length).toBeGreaterThan(0)
  for (const text of packages) expect(text).toMatch(/--hash=sha256:[0-9a-f]{64}/)
})
