import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findDanglingSelectors, findDeadAddresses } from '@neotool/platform/kubernetes/checks/addresses'
import { readConnectionTable } from '@neotool/platform/kubernetes/checks/connection-table'
import { findWrongConnections } from '@neotool/platform/kubernetes/checks/connections'
import { findInexactImages } from '@neotool/platform/kubernetes/checks/images'
import { findUnrestrictedPods } from '@neotool/platform/kubernetes/checks/pods'
import { findPortsNobodyListensOn, findServicePortsWithoutTarget } from '@neotool/platform/kubernetes/checks/ports'
import { findMissingEntries } from '@neotool/platform/kubernetes/checks/programs'
import { findMissingParts, findMissingReferences } from '@neotool/platform/kubernetes/checks/references'
import { findStaleSupergraph, findUnhashedConfiguration } from '@neotool/platform/kubernetes/checks/rollouts'
import { findWrongSettings } from '@neotool/platform/kubernetes/checks/settings'
import { runKubeconform } from '@neotool/platform/kubernetes/checks/tools'
import { APP_NAMESPACE, imagesFileIn } from '@neotool/platform/kubernetes/releases'
import { renderKustomization } from '@neotool/platform/kubernetes/render'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { knownSecrets, secretSettings } from './bootstrap.ts'
import { faultsIn, manifests, named } from './manifests.ts'
import { root } from './root.ts'

const rendered = await renderKustomization(join(import.meta.dirname, 'hive-gateway'))
// The releases are the same ones.
const releases = manifests.local.filter(({ kind, metadata }) => {
  const isInOverlay = rendered.some((each) => each.kind === kind && each.metadata.name === metadata.name)
  return metadata.namespace === APP_NAMESPACE && !isInOverlay
})
const objects = [...rendered, ...releases]
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test('with the component hive-gateway, it is our gateway that runs', () => {
  expect(JSON.stringify(named(objects, 'Deployment neotool-web/gateway'))).toContain('"image":"neotool/gateway:')
})

test('all that is true of the router holds for it too', async () => {
  const findings = [
    ...(await runKubeconform(objects)),
    ...(await findWrongSettings(objects, { root, secretSettings: secretSettings('local') })),
    ...findMissingReferences(objects, knownSecrets('local')),
    ...findMissingParts(objects),
    ...findMissingEntries(objects, root),
    ...findDeadAddresses(objects),
    ...findDanglingSelectors(objects),
    ...findPortsNobodyListensOn(objects),
    ...findServicePortsWithoutTarget(objects),
    ...findInexactImages(objects, parse(readFileSync(imagesFileIn(root, 'local'), 'utf8'))),
    ...findUnrestrictedPods(objects),
    ...findUnhashedConfiguration(objects),
    ...findStaleSupergraph(objects, read('contracts/supergraph.graphql')),
  ]
  expect(faultsIn(findings)).toEqual([])
})

test('its figures are on its one port, which the policies say', async () => {
  const row = '| prometheus | gateway | 9090 |'
  const page = read('docs/architecture.md')
  expect(page).toContain(row)
  const table = readConnectionTable(page.replace(row, '| prometheus | gateway | 4000 |'), 'local')
  expect(faultsIn(await findWrongConnections(objects, table))).toEqual([])
})
