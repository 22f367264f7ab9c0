import { findUnreadMonitors } from '@neotool/platform/kubernetes/checks/monitors'
import { describe, expect, test } from 'vitest'
import { changed, type Edit, environments, faultsIn, manifests, manifestsOf, without, words } from './manifests.ts'

const { local } = manifests

test.each(environments)('in %s, each monitor and each rule is one that Prometheus reads', (environment) => {
  expect(manifestsOf(environment).filter(({ kind }) => kind === 'ServiceMonitor').length).toBeGreaterThan(5)
  expect(faultsIn(findUnreadMonitors(manifestsOf(environment)))).toEqual([])
})

describe('a monitor that nobody reads is found:', () => {
  const prometheus = 'Prometheus neotool-observability/neotool'

  test.each([
    ['without a selector', { remove: 'spec/serviceMonitorSelector' }],
    ['in another namespace', { remove: 'spec/serviceMonitorNamespaceSelector' }],
    ['with other labels', { set: 'spec/serviceMonitorSelector/matchLabels', to: { team: 'other' } }],
  ] satisfies [string, Edit][])('%s', (_, edit) => {
    expect(words(findUnreadMonitors(changed(local, prometheus, edit)))).toContain(
      'ServiceMonitor neotool-app/app: no Prometheus selects it (monitors)',
    )
  })

  test('a rule', () => {
    const edit = { remove: 'spec/ruleSelector' }
    expect(words(findUnreadMonitors(changed(local, prometheus, edit)))).toContain(
      'PrometheusRule neotool-app/app: no Prometheus selects it (monitors)',
    )
  })

  test('without its operator', () => {
    const left = without(local, 'Deployment neotool-observability/prometheus-operator')
    expect(words(findUnreadMonitors(left))[0]).toContain('there is no Prometheus operator')
  })

  test('where the operator does not look', () => {
    const name = 'Deployment neotool-observability/prometheus-operator'
    const edit = {
      set: 'spec/template/spec/containers/name=prometheus-operator/args',
      to: ['--namespaces=neotool-data'],
    }
    expect(words(findUnreadMonitors(changed(local, name, edit)))).toContain(
      'ServiceMonitor neotool-app/app: the operator does not look into this namespace (monitors)',
    )
  })
})
