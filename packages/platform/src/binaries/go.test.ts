import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { coredns } from './coredns.ts'
import { goVersion, isOlder } from './go.ts'
import { kubernetes } from './kubernetes.ts'
import { localPathProvisioner } from './local-path-provisioner.ts'
import { metricsServer } from './metrics-server.ts'
import { minio } from './minio.ts'
import { postgresExporter } from './postgres-exporter.ts'
import { prometheus } from './prometheus.ts'
import { prometheusOperator } from './prometheus-operator.ts'
import { vault } from './vault.ts'

const programs = [
  coredns,
  kubernetes,
  localPathProvisioner,
  metricsServer,
  minio,
  postgresExporter,
  prometheus,
  prometheusOperator,
  vault,
]

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

describe('isOlder', () => {
  it.each([
    [[1, 24, 9], [1, 25, 3], true],
    [[1, 25, 2], [1, 25, 3], true],
    [[1, 25, 3], [1, 25, 3], false],
    [[1, 26, 0], [1, 25, 3], false],
    [[2, 0, 0], [1, 25, 3], false],
    [[1, 25], [1, 25, 3], true],
  ])('says whether %j is older than %j', (version, oldest, expected) => {
    expect(isOlder(version, oldest)).toBe(expected)
  })
})

describe.each(programs)('binaries/$name/go.mod', ({ name, module, version, oldestGo }) => {
  const goMod = readFileSync(join(import.meta.dirname, '../../binaries', name, 'go.mod'), 'utf8')

  it('pins the version that the cache is named after', () => {
    const required = goMod.split('\n').map((line) => line.replace(/^(require |\t)/, '').split(' '))
    expect(required.find(([path]) => path === module)?.[1]).toBe(`v${version}`)
  })

  it('needs the Go that up asks for', () => {
    expect(/^go (.+)$/m.exec(goMod)?.[1]).toBe(oldestGo.join('.'))
  })
})
