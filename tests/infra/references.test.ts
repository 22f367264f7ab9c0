import {
  findMissingParts,
  findMissingReferences,
  findSecretsInManifests,
} from '@neotool/platform/kubernetes/checks/references'
import { describe, expect, test } from 'vitest'
import { knownSecrets } from './bootstrap.ts'
import { changed, environments, faultsIn, manifests, manifestsOf, named, without, words } from './manifests.ts'

const { local, prod } = manifests

test.each(environments)('in %s, Secrets and ConfigMaps are in the namespace that reads them', (environment) => {
  expect(faultsIn(findMissingReferences(manifestsOf(environment), knownSecrets(environment)))).toEqual([])
})

test.each(environments)('in %s, accounts, classes and volumes that pods name are there', (environment) => {
  expect(faultsIn(findMissingParts(manifestsOf(environment)))).toEqual([])
})

test.each(environments)('in %s, no manifest holds a secret', (environment) => {
  expect(findSecretsInManifests(manifestsOf(environment))).toEqual([])
})

describe('what is broken is found:', () => {
  const secrets = knownSecrets('local')

  test('a Secret that nobody makes', () => {
    const fewer = secrets.filter(({ name }) => name !== 'minio-root')
    const found = words(findMissingReferences(local, fewer))
    expect(found).toContain(
      'StatefulSet neotool-storage/minio: there is no Secret minio-root in neotool-storage: nobody makes it (references)',
    )
    expect(found.some((each) => each.startsWith('Job neotool-storage/buckets: there is no Secret minio-root'))).toBe(
      true,
    )
  })

  test('a Secret in another namespace', () => {
    const moved = secrets.map((each) => (each.name === 'grafana-admin' ? { ...each, namespace: 'neotool-web' } : each))
    expect(words(findMissingReferences(local, moved))).toEqual([
      'Deployment neotool-observability/grafana: there is no Secret grafana-admin in neotool-observability: it is in neotool-web (references)',
    ])
  })

  test('a Secret without the key', () => {
    const other = secrets.map((each) => (each.name === 'vault-root' ? { ...each, keys: ['password'] } : each))
    expect(words(findMissingReferences(local, other))).toContain(
      'StatefulSet neotool-security/vault: Secret vault-root has no token: it has password (references)',
    )
  })

  test('a ConfigMap that is gone', () => {
    const map = named(local, 'ConfigMap neotool-messaging/kafka-settings')
    const found = words(
      findMissingReferences(without(local, `ConfigMap neotool-messaging/${map.metadata.name}`), secrets),
    )
    expect(found).toEqual([
      `StatefulSet neotool-messaging/kafka: there is no ConfigMap ${map.metadata.name} in neotool-messaging: nobody makes it (references)`,
    ])
  })

  test('a Certificate that is gone, which made the Secret', () => {
    const found = words(
      findMissingReferences(without(prod, 'Certificate neotool-security/vault'), knownSecrets('prod')),
    )
    expect(found).toContain(
      'StatefulSet neotool-security/vault: there is no Secret vault-tls in neotool-security: nobody makes it (references)',
    )
  })

  test("a role's password of CloudNativePG", () => {
    const fewer = knownSecrets('prod').filter(({ name }) => name !== 'postgres-role-assets')
    expect(words(findMissingReferences(prod, fewer)).join('\n')).toContain(
      'Cluster neotool-data/postgres: there is no Secret postgres-role-assets in neotool-data',
    )
  })

  test('a ServiceAccount that is not there', () => {
    expect(words(findMissingParts(without(local, 'ServiceAccount neotool-app/assets')))).toContain(
      'Deployment neotool-app/assets: there is no ServiceAccount assets in neotool-app (references)',
    )
  })

  test('a PriorityClass that is not there', () => {
    const classes = prod.filter(({ kind }) => kind === 'PriorityClass')
    expect(classes.length).toBeGreaterThan(0)
    const left = prod.filter(({ kind }) => kind !== 'PriorityClass')
    expect(words(findMissingParts(left)).join('\n')).toContain('there is no PriorityClass')
  })

  test('a mount without its volume, and a volume without a mount', () => {
    const edit = { set: 'spec/template/spec/volumes/name=next-cache/name', to: 'cache' }
    expect(words(findMissingParts(changed(local, 'Deployment neotool-web/web', edit)))).toEqual([
      'Deployment neotool-web/web: there is no volume next-cache (references)',
      'Deployment neotool-web/web: no container mounts the volume cache (references)',
    ])
  })

  test('a Secret in a manifest', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token', namespace: 'neotool-app' } }
    expect(words(findSecretsInManifests([...local, secret]))).toHaveLength(1)
  })
})
