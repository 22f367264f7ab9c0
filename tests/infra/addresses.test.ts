import { findDanglingSelectors, findDeadAddresses } from '@neotool/platform/kubernetes/checks/addresses'
import { describe, expect, test } from 'vitest'
import { secretSettings } from './bootstrap.ts'
import { changed, environments, faultsIn, manifests, manifestsOf, named, without, words } from './manifests.ts'

const { local, prod } = manifests

test.each(environments)('in %s, each address is one of a Service and of its port', (environment) => {
  expect(faultsIn(findDeadAddresses(manifestsOf(environment)))).toEqual([])
})

test.each(environments)('in %s, the addresses in secret settings too', (environment) => {
  const data = Object.fromEntries(
    Object.entries(secretSettings(environment)).map(([service, settings]) => [service, JSON.stringify(settings)]),
  )
  const metadata = { name: 'service-settings', namespace: 'neotool-security' }
  const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
  expect(data.app).toContain('.svc.cluster.local:5432')
  expect(words(findDeadAddresses([...manifestsOf(environment), settings]))).toEqual([])
  const left = [...without(manifestsOf(environment), 'Service neotool-data/pgbouncer'), settings]
  const gone = without(left, 'Pooler neotool-data/pgbouncer')
  expect(words(findDeadAddresses(gone)).join()).toContain('there is no Service pgbouncer in neotool-data')
})

test.each(environments)('in %s, whatever selects, selects something', (environment) => {
  expect(faultsIn(findDanglingSelectors(manifestsOf(environment)))).toEqual([])
})

const web = 'Deployment neotool-web/web'
const gatewayUrl = (to: string) => ({
  set: 'spec/template/spec/containers/name=web/env/name=WEB_GATEWAY_URL/value',
  to,
})

describe('an address that leads nowhere is found:', () => {
  test.each([
    ['http://gateway.neotool-app.svc.cluster.local:4000/graphql', 'there is no Service gateway in neotool-app'],
    ['http://gatewy.neotool-web.svc.cluster.local:4000/graphql', 'there is no Service gatewy in neotool-web'],
    ['http://gateway.neotool-web.svc.cluster.local:4001/graphql', 'the Service has no port 4001'],
    ['http://gateway.neotool-web.svc.cluster.local/graphql', 'the Service has no port 80'],
    ['http://gateway.neotool-web.svc:4000/graphql', 'is not fully written'],
  ])('%s', (address, problem) => {
    const found = words(findDeadAddresses(changed(local, web, gatewayUrl(address))))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(problem)
  })

  test('in a ConfigMap', () => {
    const { name } = named(local, 'ConfigMap neotool-observability/grafana-datasources').metadata
    const text = 'url: http://loki.neotool-observability.svc.cluster.local:3101'
    const edit = { set: 'data/datasources.yaml', to: text }
    expect(words(findDeadAddresses(changed(local, `ConfigMap neotool-observability/${name}`, edit)))).toHaveLength(1)
  })

  test('of a pod by its own name', () => {
    const left = without(prod, 'Service neotool-security/vault-nodes')
    expect(words(findDeadAddresses(left)).join('\n')).toContain('there is no Service vault-nodes in neotool-security')
  })

  test('in an argument or variable without a scheme', () => {
    const left = without(local, 'Service neotool-data/postgres')
    expect(words(findDeadAddresses(left)).join()).toContain('DATA_SOURCE_URI: postgres.neotool-data.svc.cluster.local')
  })
})

describe('what selects nothing is found:', () => {
  test.each([
    ['Service neotool-app/app', { set: 'spec/selector/app.kubernetes.io~1name', to: 'ap' }, 'selects no pods'],
    [
      'PodDisruptionBudget neotool-app/app',
      { set: 'spec/selector/matchLabels/app.kubernetes.io~1name', to: 'ap' },
      'selects no pods',
    ],
    [
      'NetworkPolicy neotool-data/postgres',
      { set: 'spec/podSelector/matchLabels/app.kubernetes.io~1name', to: 'postgresql' },
      'selects no pods',
    ],
    ['StatefulSet neotool-messaging/kafka', { set: 'spec/serviceName', to: 'kafka' }, 'no headless Service kafka'],
    ['HorizontalPodAutoscaler neotool-app/app', { set: 'spec/scaleTargetRef/name', to: 'ap' }, 'no Deployment ap'],
    ['ServiceMonitor neotool-app/app', { set: 'spec/endpoints/0/port', to: 'metrics' }, 'has a port metrics'],
    [
      'ServiceMonitor neotool-app/app',
      { set: 'spec/selector/matchLabels/app.kubernetes.io~1name', to: 'ap' },
      'selects no Service',
    ],
    [
      'Ingress neotool-web/web',
      { set: 'spec/rules/0/http/paths/0/backend/service/port/name', to: 'https' },
      'the Service web has no port https',
    ],
    [
      'Ingress neotool-web/web',
      { set: 'spec/rules/0/http/paths/0/backend/service/name', to: 'webb' },
      'there is no Service webb',
    ],
  ])('%s %o', (name, edit, problem) => {
    const found = words(findDanglingSelectors(changed(local, name, edit)))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(problem)
  })

  test('PodMonitor', () => {
    const edit = { set: 'spec/podMetricsEndpoints/0/port', to: 'http' }
    const found = words(findDanglingSelectors(changed(prod, 'PodMonitor neotool-data/pgbouncer', edit)))
    expect(found.join()).toContain('no pod that it selects has a port http')
  })

  test('a Service that finds pods of another kind too', () => {
    const part = { set: 'spec/selector', to: { 'app.kubernetes.io/part-of': 'neotool' } }
    expect(words(findDanglingSelectors(changed(local, 'Service neotool-app/app', part))).join()).toContain(
      'selects pods of several kinds',
    )
  })
})
