import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lintChart, testChart } from '@neotool/platform/kubernetes/chart'
import { findIdleExceptions, parseExceptions, unexcused } from '@neotool/platform/kubernetes/checks/exceptions'
import type { Finding } from '@neotool/platform/kubernetes/checks/finding'
import { runCheckov, runKubeconform, runKubeScore } from '@neotool/platform/kubernetes/checks/tools'
import type { KubernetesObject } from '@neotool/platform/kubernetes/objects'
import { SERVICES } from '@neotool/platform/kubernetes/releases'
import { describe, expect, test } from 'vitest'
import {
  changed,
  type Edit,
  environments,
  exceptions,
  faultsIn,
  manifests,
  manifestsOf,
  named,
  words,
} from './manifests.ts'
import { root } from './root.ts'
import { findByOurRules } from './rules.ts'

const { prod } = manifests

test.each(environments)('in %s, kubeconform: every object is as its schema says', async (environment) => {
  expect(faultsIn(await runKubeconform(manifestsOf(environment)))).toEqual([])
})

const scored = new Map(environments.map((environment) => [environment, runKubeScore(manifestsOf(environment))]))
const checked = new Map(environments.map((environment) => [environment, runCheckov(manifestsOf(environment))]))

const findingsIn = async (all: ReadonlyMap<string, Promise<Finding[]>>, environment: string): Promise<Finding[]> => {
  const findings = await all.get(environment)
  if (findings === undefined) throw new Error(`${environment} was not looked at.`)
  return findings
}

test.each(environments)('in %s, kube-score finds nothing', async (environment) => {
  expect(faultsIn(await findingsIn(scored, environment))).toEqual([])
})

test.each(environments)('in %s, Checkov finds nothing', async (environment) => {
  expect(faultsIn(await findingsIn(checked, environment))).toEqual([])
})

test('each exception is still needed', async () => {
  const ours = await Promise.all(
    environments.map((environment) => findByOurRules(manifestsOf(environment), environment)),
  )
  const theirs = await Promise.all([...scored.values(), ...checked.values()])
  expect(words(findIdleExceptions([...ours, ...theirs].flat(), exceptions))).toEqual([])
})

describe('helm lint', () => {
  const cases = environments.flatMap((environment) => SERVICES.map((service) => [environment, service] as const))
  test.each(cases)('%s %s', async (environment, service) => {
    expect(await lintChart(root, environment, service)).toContain('0 chart(s) failed')
  })
})

test('helm-unittest: the tests of the chart', async () => {
  expect(await testChart(root)).toMatch(/Tests: +[1-9]\d* passed, [1-9]\d* total/)
})

describe('what is broken is found:', () => {
  const app = 'Deployment neotool-app/app'
  const alone = (name: string, edit: Edit): KubernetesObject[] => changed([named(prod, name)], name, edit)

  test.each([
    [app, { set: 'spec/template/spec/nodeSelectr', to: {} }, 'nodeSelectr'],
    [app, { set: 'spec/template/spec/containers/name=app/ports/0/containerPort', to: '8080' }, 'containerPort'],
    [app, { remove: 'spec/selector' }, 'selector'],
    ['HorizontalPodAutoscaler neotool-app/app', { set: 'spec/maxReplicas', to: 'ten' }, 'maxReplicas'],
    ['ServiceMonitor neotool-app/app', { set: 'spec/endpoints/0/prt', to: 'http' }, 'prt'],
    ['Prometheus neotool-observability/neotool', { set: 'spec/replicas', to: '1' }, 'replicas'],
    ['Certificate neotool-security/vault', { remove: 'spec/secretName' }, 'secretName'],
    ['Cluster neotool-data/postgres', { set: 'spec/storage/sizes', to: '1Gi' }, 'sizes'],
    ['Pooler neotool-data/pgbouncer', { set: 'spec/pgbouncer/poolMode', to: 'statement' }, 'poolMode'],
  ] satisfies [string, Edit, string][])('by kubeconform: %s %o', async (name, edit, word) => {
    const found = words(await runKubeconform(alone(name, edit)))
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(word)
  })

  test('by kubeconform: a kind that has no schema', async () => {
    const object = { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 'one' } }
    expect(words(await runKubeconform([object])).join()).toContain('Thing one')
  })

  test('by kube-score', async () => {
    const edit = { remove: 'spec/template/spec/containers/name=app/resources/limits' }
    expect(words(await runKubeScore(alone(app, edit))).join()).toContain('kube-score/container-resources')
  })

  test('by kube-score, an annotation that tells it to look away notwithstanding', async () => {
    const edit = { remove: 'spec/template/spec/containers/name=app/resources/limits' }
    const silence = { set: 'metadata/annotations', to: { 'kube-score/ignore': 'container-resources' } }
    const found = await runKubeScore(changed([named(prod, app)], app, edit, silence))
    expect(words(found).join()).toContain('kube-score/container-resources')
  })

  test('by Checkov, an annotation that tells it to look away notwithstanding', async () => {
    const edit = { set: 'spec/template/spec/hostNetwork', to: true }
    const silence = { set: 'metadata/annotations', to: { 'checkov.io/skip1': 'CKV_K8S_20=because' } }
    const open = { set: 'spec/template/spec/containers/name=app/securityContext/allowPrivilegeEscalation', to: true }
    const found = words(await runCheckov(changed([named(prod, app)], app, edit, silence, open))).join('\n')
    expect(found).toContain('checkov/CKV_K8S_19')
    expect(found).toContain('checkov/CKV_K8S_20')
  })

  test('by helm-unittest: a rollout that takes a pod away before another one serves', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'neotool-chart-'))
    try {
      await cp(join(root, 'infra/helm'), join(copy, 'infra/helm'), { recursive: true })
      const template = join(copy, 'infra/helm/neotool-service/templates/deployment.yaml')
      const text = await readFile(template, 'utf8')
      expect(text).toContain('maxUnavailable: 0\n')
      await writeFile(template, text.replace('maxUnavailable: 0\n', 'maxUnavailable: 1\n'))
      await expect(testChart(copy)).rejects.toMatchObject({
        logLines: expect.arrayContaining([
          expect.stringMatching(/-maxUnavailable: 0$/),
          expect.stringMatching(/\+maxUnavailable: 1$/),
          expect.stringMatching(/^Tests: +1 failed, /),
        ]),
      })
    } finally {
      await rm(copy, { recursive: true, force: true })
    }
  })

  test('by helm lint: values that make no sense', async () => {
    await expect(lintChart(root, 'local', 'app', ['autoscaling.minReplicas=many'])).rejects.toThrow()
  })
})

describe('an exception', () => {
  const finding: Finding = { rule: 'kube-score/a', object: 'Deployment neotool-app/app', problem: 'p' }
  const list = (objects: string[]) =>
    parseExceptions([{ rule: 'kube-score/a', objects, reason: 'A reason in a sentence.' }])

  test.each([
    ['Deployment neotool-app/app', true],
    ['Deployment neotool-app/*', true],
    ['*', true],
    ['Deployment neotool-app/ap', false],
    ['Deployment neotool.app/app', false],
  ])('for %s', (pattern, isCovered) => {
    expect(unexcused([finding], list([pattern]))).toEqual(isCovered ? [] : [finding])
  })

  test('holds for its rule alone', () => {
    const other = { ...finding, rule: 'kube-score/b' }
    expect(unexcused([other], list(['*']))).toEqual([other])
  })

  test('that covers nothing is a fault', () => {
    const found = findIdleExceptions([finding], list(['*', 'Deployment neotool-web/*']))
    expect(words(found)).toHaveLength(1)
    expect(words(found)[0]).toContain('kube-score/a of Deployment neotool-web/*')
  })

  test.each([
    { rule: 'a', objects: ['*'] },
    { rule: 'a', objects: ['*'], reason: 'because' },
    { rule: 'a', objects: [] },
  ])('without a reason is none: %o', (entry) => {
    expect(() => parseExceptions([entry])).toThrow()
  })
})
