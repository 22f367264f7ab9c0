import { findPortsNobodyListensOn, findServicePortsWithoutTarget } from '@neotool/platform/kubernetes/checks/ports'
import { describe, expect, test } from 'vitest'
import { changed, environments, faultsIn, manifests, manifestsOf, named, words } from './manifests.ts'

const { local, prod } = manifests

test.each(environments)('in %s, containers open what their programs listen on', (environment) => {
  expect(faultsIn(findPortsNobodyListensOn(manifestsOf(environment)))).toEqual([])
})

test.each(environments)('in %s, the ports of Services are those of their containers', (environment) => {
  expect(faultsIn(findServicePortsWithoutTarget(manifestsOf(environment)))).toEqual([])
})

const configMap = (objects: typeof local, name: string, key: string, change: (text: string) => string) => {
  const object = named(objects, name)
  const text = (object.data as Record<string, string>)[key] ?? ''
  const full = `ConfigMap ${object.metadata.namespace}/${object.metadata.name}`
  expect(change(text)).not.toBe(text)
  return changed(objects, full, { set: `data/${key}`, to: change(text) })
}

describe('a program that listens elsewhere is found:', () => {
  const inContainer = (name: string) => `spec/template/spec/containers/name=${name}`

  test.each([
    ['Deployment neotool-app/app', { set: `${inContainer('app')}/env/name=APP_HTTP_PORT/value`, to: '8081' }, 8080],
    ['Deployment neotool-web/web', { add: `${inContainer('web')}/env`, value: { name: 'PORT', value: '3001' } }, 3000],
    [
      'StatefulSet neotool-data/postgres',
      { add: `${inContainer('postgres')}/env`, value: { name: 'PGPORT', value: '1' } },
      5432,
    ],
    [
      'StatefulSet neotool-storage/minio',
      { set: `${inContainer('minio')}/args`, to: ['server', '--address', ':9001', '/data'] },
      9000,
    ],
    [
      'Deployment neotool-data/postgres-exporter',
      { set: `${inContainer('postgres-exporter')}/args`, to: ['--web.listen-address=:9188'] },
      9187,
    ],
  ])('%s', (name, edit, port) => {
    const found = words(findPortsNobodyListensOn(changed(local, name, edit)))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`port ${port}: it listens on`)
  })

  test.each([
    ['ConfigMap neotool-messaging/kafka-settings', 'KAFKA_LISTENERS', /:9092/, 9092],
    ['ConfigMap neotool-data/pgbouncer', 'pgbouncer.ini', /5432$/m, 5432],
    ['ConfigMap neotool-security/vault-config', 'vault.hcl', /:8200"/, 8200],
    ['ConfigMap neotool-web/router-configuration', 'router.yaml', /0\.0\.0\.0:9090/, 9090],
    ['ConfigMap neotool-observability/loki-configuration', 'loki.yaml', /http_listen_port: 3100/, 3100],
  ])('%s', (name, key, pattern, port) => {
    const other = configMap(local, name, key, (text) =>
      text.replace(pattern, (match) => match.replace(String(port), '1234')),
    )
    const found = words(findPortsNobodyListensOn(other))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(`port ${port}: it listens on`)
  })

  test('a node of Vault that others cannot reach', () => {
    const other = configMap(prod, 'ConfigMap neotool-security/vault-config', 'vault.hcl', (text) =>
      text.replaceAll('8201', '8202'),
    )
    expect(words(findPortsNobodyListensOn(other)).join()).toContain('port 8201')
  })

  test('a program that nobody knows', () => {
    const edit = { set: `${inContainer('grafana')}/image`, to: 'example.org/other:1.0.0' }
    const found = words(findPortsNobodyListensOn(changed(local, 'Deployment neotool-observability/grafana', edit)))
    expect(found.join()).toContain('nobody knows what example.org/other listens on')
  })

  test('a probe that asks elsewhere', () => {
    const edit = { set: `${inContainer('app')}/readinessProbe/httpGet/port`, to: 'metrics' }
    const found = words(findPortsNobodyListensOn(changed(local, 'Deployment neotool-app/app', edit)))
    expect(found).toEqual([
      'Deployment neotool-app/app: app: a probe asks port metrics, which the container does not have (ports)',
    ])
  })
})

describe('a Service that leads elsewhere is found:', () => {
  test('to a port of another name', () => {
    const edit = { set: 'spec/ports/0/targetPort', to: 'web' }
    expect(words(findServicePortsWithoutTarget(changed(local, 'Service neotool-app/app', edit)))).toEqual([
      'Service neotool-app/app: port 8080 leads to web, which Deployment neotool-app/app does not have (ports)',
    ])
  })

  test('from another number', () => {
    const edit = { set: 'spec/ports/0/port', to: 80 }
    expect(words(findServicePortsWithoutTarget(changed(local, 'Service neotool-app/app', edit)))).toEqual([
      'Service neotool-app/app: port 80 leads to 8080 of Deployment neotool-app/app: let them be the same (ports)',
    ])
  })
})
