import { join } from 'node:path'
import { runKubeconform } from '@neotool/platform/kubernetes/checks/tools'
import { APP_NAMESPACE } from '@neotool/platform/kubernetes/releases'
import { renderKustomization } from '@neotool/platform/kubernetes/render'
import { expect, test } from 'vitest'
import { faultsIn, manifests, named } from './manifests.ts'
import { architecture, findByOurRules } from './rules.ts'

const rendered = await renderKustomization(join(import.meta.dirname, 'hive-gateway'))
// The releases are the same ones.
const releases = manifests.local.filter(({ kind, metadata }) => {
  const isInOverlay = rendered.some((each) => each.kind === kind && each.metadata.name === metadata.name)
  return metadata.namespace === APP_NAMESPACE && !isInOverlay
})
const objects = [...rendered, ...releases]

test('with the component hive-gateway, it is our gateway that runs', () => {
  expect(JSON.stringify(named(objects, 'Deployment neotool-web/gateway'))).toContain('"image":"neotool/gateway:')
})

test('all that is true of the router holds for it too, with its figures on its one port', async () => {
  const row = '| prometheus | gateway | 9090 |'
  expect(architecture).toContain(row)
  const page = architecture.replace(row, '| prometheus | gateway | 4000 |')
  const found = await Promise.all([runKubeconform(objects), findByOurRules(objects, 'local', page)])
  expect(faultsIn(found.flat())).toEqual([])
})
