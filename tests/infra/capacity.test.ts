import { findTightQuotas, findWhatDoesNotFit } from '@neotool/platform/kubernetes/checks/capacity'
import { clusterFacts } from '@neotool/platform/kubernetes/checks/cluster-facts'
import { findWrongStorage } from '@neotool/platform/kubernetes/checks/storage'
import { describe, expect, test } from 'vitest'
import { changed, environments, faultsIn, manifests, manifestsOf, words } from './manifests.ts'
import { root } from './root.ts'

const factsOf = (environment: string) => clusterFacts(root, environment)

const lacking = (environment: string, objects = manifestsOf(environment)) => {
  const { nodes, spare, node } = factsOf(environment)
  return findWhatDoesNotFit(objects, nodes - spare, node)
}

test.each(environments)('in %s, the fewest pods fit, in production with one node less', (environment) => {
  expect(faultsIn(lacking(environment))).toEqual([])
})

test.each(environments)('in %s, quotas leave room for what autoscalers may ask for', (environment) => {
  expect(faultsIn(findTightQuotas(manifestsOf(environment), factsOf(environment).nodes))).toEqual([])
})

test.each(environments)('in %s, volumes are of classes that suit them', (environment) => {
  expect(faultsIn(findWrongStorage(manifestsOf(environment), factsOf(environment).storageClasses))).toEqual([])
})

test('production has the class for files in bulk', () => {
  const classes = (environment: string) =>
    manifestsOf(environment)
      .filter(({ kind }) => kind === 'StorageClass')
      .map(({ metadata }) => metadata.name)
  expect(classes('prod')).toEqual(['cloudflare-r2'])
  expect(classes('local')).toEqual([])
})

describe('what does not fit is found:', () => {
  const { local, prod } = manifests

  test('services that request more than a small node has', () => {
    const edit = { set: 'spec/template/spec/containers/name=app/resources/requests/cpu', to: '500m' }
    expect(words(lacking('local', changed(local, 'Deployment neotool-app/app', edit))).join()).toContain(
      'all pods: they request',
    )
  })

  test('more pods than nodes have room for', () => {
    const edit = { set: 'spec/minReplicas', to: 300 }
    const changes = changed(prod, 'HorizontalPodAutoscaler neotool-app/app', edit)
    expect(words(lacking('prod', changes)).join()).toContain('all pods: they request')
  })

  test('a database of an operator', () => {
    const edit = { set: 'spec/resources/requests/memory', to: '30Gi' }
    expect(words(lacking('prod', changed(prod, 'Cluster neotool-data/postgres', edit))).join()).toContain(
      'no node has that',
    )
  })

  test('a quota that stops an autoscaler half-way', () => {
    const edit = { set: 'spec/hard/pods', to: '20' }
    const changes = changed(local, 'ResourceQuota neotool-app/quota', edit)
    expect(words(findTightQuotas(changes, 1)).join()).toContain('pods is 20, and its pods may need')
  })
})

describe('a volume of the wrong class is found:', () => {
  const { prod } = manifests
  const find = (name: string, set: string, to: string) =>
    words(findWrongStorage(changed(prod, name, { set, to }), factsOf('prod').storageClasses))

  test.each([
    ['StatefulSet neotool-messaging/kafka', 'spec/volumeClaimTemplates/0/spec/storageClassName'],
    ['Cluster neotool-data/postgres', 'spec/storage/storageClass'],
    ['StatefulSet neotool-security/vault', 'spec/volumeClaimTemplates/0/spec/storageClassName'],
    ['Prometheus neotool-observability/neotool', 'spec/storage/volumeClaimTemplate/spec/storageClassName'],
    ['StatefulSet neotool-observability/loki', 'spec/volumeClaimTemplates/0/spec/storageClassName'],
  ])('%s', (name, path) => {
    expect(find(name, path, 'cloudflare-r2')).toEqual([
      `${name}: cloudflare-r2 holds files in bulk, and nothing that must survive a crash whole (storage)`,
    ])
  })

  test('one that is not there', () => {
    expect(find('Cluster neotool-data/postgres', 'spec/storage/storageClass', 'fast')).toHaveLength(1)
  })

  test('files in bulk as what volumes get that name no class', () => {
    const annotation = 'metadata/annotations/storageclass.kubernetes.io~1is-default-class'
    expect(find('StorageClass cloudflare-r2', annotation, 'true')).toHaveLength(1)
  })
})
