import { appendFile, cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findWrongBudgets, findWrongScaling } from '@neotool/platform/kubernetes/checks/availability'
import { findStaleSupergraph, findUnhashedConfiguration } from '@neotool/platform/kubernetes/checks/rollouts'
import { readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import { overlayIn } from '@neotool/platform/kubernetes/releases'
import { renderKustomization } from '@neotool/platform/kubernetes/render'
import { describe, expect, test } from 'vitest'
import {
  changed,
  type Edit,
  environments,
  faultsIn,
  manifests,
  manifestsOf,
  named,
  without,
  words,
} from './manifests.ts'
import { root } from './root.ts'

const { local, prod } = manifests
const supergraph = await readFile(join(root, 'contracts/supergraph.graphql'), 'utf8')

const scaleOf = (environment: string) => readEnvironmentFile(root, environment).replicas.services

test.each(environments)('in %s, services scale as its file says', (environment) => {
  expect(faultsIn(findWrongScaling(manifestsOf(environment), scaleOf(environment)))).toEqual([])
})

test('the files say what the design says', () => {
  expect(scaleOf('local')).toEqual({ min: 2, max: 10 })
  expect(scaleOf('prod')).toEqual({ min: 5, max: 50 })
})

test('four services scale', () => {
  const names = local.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(({ metadata }) => metadata.name)
  expect(names).toEqual(expect.arrayContaining(['app', 'assets', 'assistant', 'security']))
})

test.each(environments)('in %s, every node can be drained', (environment) => {
  expect(faultsIn(findWrongBudgets(manifestsOf(environment)))).toEqual([])
})

test.each(environments)('in %s, a change of configuration rolls its pods', (environment) => {
  expect(faultsIn(findUnhashedConfiguration(manifestsOf(environment)))).toEqual([])
  expect(findStaleSupergraph(manifestsOf(environment), supergraph)).toEqual([])
})

test('another supergraph gives the gateway other pods', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'neotool-overlay-'))
  try {
    for (const folder of ['infra/kubernetes', 'gateway/apollo-router', 'contracts'])
      await cp(join(root, folder), join(copy, folder), { recursive: true })
    await appendFile(join(copy, 'contracts/supergraph.graphql'), '# another one\n')
    const gateway = 'Deployment neotool-web/gateway'
    const rendered = await renderKustomization(overlayIn(copy, 'local'))
    expect(named(rendered, gateway)).not.toEqual(named(local, gateway))
    const web = 'Deployment neotool-web/web'
    expect(named(rendered, web)).toEqual(named(local, web))
  } finally {
    await rm(copy, { recursive: true })
  }
})

describe('scaling that is wrong is found:', () => {
  const scaler = 'HorizontalPodAutoscaler neotool-app/app'
  test.each([
    [scaler, { set: 'spec/minReplicas', to: 11 }, 'its minimum of 11 is above its maximum of 10'],
    [scaler, { set: 'spec/maxReplicas', to: 5 }, "the environment's file says 2 to 10"],
    [scaler, { set: 'spec/metrics/0/resource/target/averageUtilization', to: 50 }, 'the design says 80'],
    [scaler, { remove: 'spec/metrics/1' }, 'it scales at no % of memory'],
    [scaler, { remove: 'spec/behavior' }, 'it does not say how fast it scales'],
    ['Deployment neotool-app/app', { set: 'spec/replicas', to: 3 }, 'Deployment neotool-app/app sets replicas'],
    [
      'Deployment neotool-app/app',
      { remove: 'spec/template/spec/containers/name=app/resources/requests/memory' },
      'requests no memory, so its use cannot be measured',
    ],
  ] satisfies [string, Edit, string][])('%s %o', (name, edit, problem) => {
    expect(words(findWrongScaling(changed(local, name, edit), scaleOf('local'))).join('\n')).toContain(problem)
  })

  test('the scale of the other environment', () => {
    expect(words(findWrongScaling(local, scaleOf('prod')))[0]).toContain("the environment's file says 5 to 50")
  })
})

describe('a budget that is wrong is found:', () => {
  const budget = 'PodDisruptionBudget neotool-app/app'
  test.each([
    [{ set: 'spec', to: { minAvailable: 2, selector: { matchLabels: { 'app.kubernetes.io/name': 'app' } } } }],
    [{ set: 'spec', to: { minAvailable: '60%', selector: { matchLabels: { 'app.kubernetes.io/name': 'app' } } } }],
    [{ set: 'spec/maxUnavailable', to: 0 }],
    [{ set: 'spec/maxUnavailable', to: '0%' }],
  ] satisfies [Edit][])('%o', (edit) => {
    expect(words(findWrongBudgets(changed(local, budget, edit)))).toEqual([
      'PodDisruptionBudget neotool-app/app: with 2 pods it blocks every drain of a node (drain)',
    ])
  })

  test('none at all', () => {
    expect(words(findWrongBudgets(without(prod, 'PodDisruptionBudget neotool-security/vault'))).join()).toContain(
      'StatefulSet neotool-security/vault: it has several pods and no budget',
    )
  })
})

describe('configuration that does not roll is found:', () => {
  test('a ConfigMap without a hash', () => {
    const edit = { set: 'spec/template/spec/volumes/name=supergraph/configMap/name', to: 'supergraph' }
    expect(words(findUnhashedConfiguration(changed(local, 'Deployment neotool-web/gateway', edit)))).toHaveLength(1)
  })

  test('an old supergraph', () => {
    expect(findStaleSupergraph(local, `${supergraph}# newer`)).toHaveLength(1)
  })
})
