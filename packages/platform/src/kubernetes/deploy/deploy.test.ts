import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICES } from '../releases.ts'
import type { StepPlan } from './deploy.ts'
import { stepsFrom } from './steps.ts'
import type { DeploymentTarget } from './target.ts'
import { CLAIM, deployTo, makeTestPlatform, overlay, type TestPlatform, targetOf } from './test-deployment.ts'

let platform: TestPlatform
beforeEach(async () => {
  platform = await makeTestPlatform()
})
afterEach(() => platform[Symbol.asyncDispose]())

const summaries = (plan: readonly StepPlan[]) => Object.fromEntries(plan.map(({ step, summary }) => [step, summary]))

describe('a deployment', () => {
  test('plans each step, does it, and says what runs', async () => {
    const { plan, outcome } = await deployTo(platform.access)
    expect(summaries(plan)).toMatchObject({
      terraform: 'not used: a cluster is named',
      namespaces: '6 new',
      manifests: '3 new, 1 run',
      releases: '4 new; each migrates its database first',
    })
    expect(outcome.failure).toBeUndefined()
    expect(outcome.steps.map(({ step, state }) => `${step} ${state}`)).toEqual(
      ['terraform', 'namespaces', 'secrets', 'manifests', 'parts', 'releases', 'verify'].map((step) => `${step} done`),
    )
    expect(outcome.parts.map(({ name, state, revision }) => [name, state, revision])).toEqual([
      ...SERVICES.toSorted().map((service) => [service, 'ready', 1]),
      ['minio', 'ready', undefined],
      ['web', 'ready', undefined],
    ])
  })

  test('that is repeated plans no change and makes no revision', async () => {
    await deployTo(platform.access)
    const { plan, outcome } = await deployTo(platform.access)
    expect(plan.flatMap(({ changes }) => changes.map(({ subject, change }) => `${subject} ${change}`))).toEqual([
      'Job neotool-storage/buckets run',
    ])
    expect(outcome.parts.find(({ name }) => name === 'app')?.revision).toBe(1)
  })

  test('says which values it changes, and removes what no manifest has any more', async () => {
    await deployTo(platform.access)
    platform.cluster.overlay = overlay('web:2').replace('name: old,', 'name: new,')
    const { plan, outcome } = await deployTo(platform.access, { from: 'manifests' })
    const { changes = [] } = plan.find(({ step }) => step === 'manifests') ?? {}
    expect(changes).toEqual([
      {
        subject: 'Deployment neotool-web/web',
        change: 'changed',
        detail: ['spec.template.spec.containers[web].image: web:1 → web:2'],
      },
      { subject: 'ConfigMap neotool-web/new', change: 'new', detail: [] },
      { subject: 'ConfigMap neotool-web/old', change: 'removed', detail: [] },
      { subject: 'Job neotool-storage/buckets', change: 'run', detail: [] },
    ])
    expect(outcome.failure).toBeUndefined()
    expect(platform.cluster.find('ConfigMap', 'old')).toBeUndefined()
    expect(platform.cluster.find('ConfigMap', 'new')).toBeDefined()
  })

  test('leaves alone, and names, what holds data and is in no manifest any more', async () => {
    platform.cluster.overlay = overlay('web:1', CLAIM)
    await deployTo(platform.access)
    platform.cluster.overlay = overlay()
    const { plan } = await deployTo(platform.access)
    expect(plan.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ subject: 'PersistentVolumeClaim neotool-storage/files', change: 'left over' }),
    )
    expect(platform.cluster.find('PersistentVolumeClaim', 'files')).toBeDefined()
  })

  test('begins with a later step where that is asked for', async () => {
    await deployTo(platform.access)
    const before = platform.cluster.calls.length
    const { outcome } = await deployTo(platform.access, { from: 'releases' })
    expect(outcome.steps.map(({ step }) => step)).toEqual(['releases', 'verify'])
    const calls = platform.cluster.calls.slice(before)
    expect(calls.filter((call) => call.includes('Job'))).toEqual([])
    expect(calls.filter((call) => call.startsWith('kubectl apply'))).toEqual([])
  })

  test('makes a StatefulSet anew around its pods where the server refuses its change, after its volumes have grown', async () => {
    const set = (
      size: string,
    ) => `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: kafka, namespace: neotool-data },
      spec: { replicas: 1, template: { spec: { containers: [] } },
        volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: ${size} } } } }] } }`
    const metadata = { name: 'data-kafka-0', namespace: 'neotool-data' }
    const storage = (size: string) => ({ resources: { requests: { storage: size } } })
    platform.cluster.overlay = overlay('web:1', set('10Gi'))
    await deployTo(platform.access)
    platform.cluster.add({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: storage('10Gi') })
    platform.cluster.overlay = overlay('web:1', set('20Gi'))
    platform.cluster.refused = 'kafka'
    const { plan, outcome } = await deployTo(platform.access)
    expect(plan.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ subject: 'StatefulSet neotool-data/kafka', change: 'made anew' }),
    )
    expect(outcome.failure).toBeUndefined()
    expect(platform.cluster.find('PersistentVolumeClaim', 'data-kafka-0')?.spec).toEqual(storage('20Gi'))
    expect(platform.cluster.calls).toContainEqual(
      expect.stringMatching(/delete StatefulSet.v1.apps\/kafka --namespace neotool-data --cascade=orphan/),
    )
  })

  test('fails with the objects, events and last words of what is not ready, and does not go on', async () => {
    platform.cluster.broken = 'web'
    const { failure, steps } = (await deployTo(platform.access)).outcome
    expect(failure?.message).toContain('The deployment of test stopped at "parts"')
    expect(failure?.logLines).toEqual(
      expect.arrayContaining([
        'Deployment neotool-web/web: 0 of 1 ready',
        'Pod neotool-web/web-1 is Pending, not ready; container main (nowhere:1) waits: ImagePullBackOff',
        'Pod neotool-web/web-1: Failed: no such image',
        'the last words',
      ]),
    )
    expect(failure?.advice).toContain('./neotool deploy test --from parts --kubeconfig a-kubeconfig')
    expect(steps.slice(-3).map(({ step, state }) => `${step} ${state}`)).toEqual([
      'parts failed',
      'releases not begun',
      'verify not begun',
    ])
  })

  test('waits for all releases where one of them fails', async () => {
    platform.cluster.brokenRelease = 'app'
    const { failure, parts } = (await deployTo(platform.access)).outcome
    expect(failure?.message).toContain('stopped at "releases"')
    expect(failure?.logLines).toContain('Error: UPGRADE FAILED: timed out')
    expect(parts.filter(({ revision }) => revision !== undefined).map(({ name, state }) => [name, state])).toEqual(
      SERVICES.toSorted().map((service) => [service, service === 'app' ? 'not ready' : 'ready']),
    )
  })

  test('names the steps where there is none of the name', () => {
    expect(() => stepsFrom('manifest')).toThrow(
      expect.objectContaining({
        reason: 'usage',
        advice: 'One of: terraform, namespaces, secrets, manifests, parts, releases, verify',
      }),
    )
  })
})

describe('a Vault of several nodes', () => {
  const VAULT = `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: vault, namespace: neotool-security },
    spec: { replicas: 1, template: { spec: { containers: [] } } } }`
  const INIT = '{ apiVersion: batch/v1, kind: Job, metadata: { name: vault-init, namespace: neotool-security } }'
  const prod = { ...targetOf(), kind: 'prod' } as const
  const deploy = (target: DeploymentTarget = prod, from = 'manifests') => deployTo(platform.access, { from, target })
  const settings = () => Object.keys(platform.cluster.find('Secret', 'service-settings')?.data ?? {})

  beforeEach(async () => {
    // There every Secret of a person's is, with a token for Vault.
    await deployTo(platform.access)
    platform.cluster.overlay = overlay('web:1', [VAULT, INIT].join('\n---\n'))
  })

  describe('without the root token', () => {
    beforeEach(async () => {
      await platform.work.cluster.kubectl(['delete', 'secret/vault-root'])
      const patch = JSON.stringify([{ op: 'replace', path: '/data', value: {} }])
      await platform.work.cluster.kubectl(['patch', 'secret/service-settings', '--type=json', '--patch', patch])
    })

    test('is for a person to initialise, who is told how', async () => {
      platform.cluster.isVaultNew = true
      const { failure } = (await deploy()).outcome
      expect(failure?.message).toContain('Vault is new and has to be initialised')
      expect(failure?.logLines).toEqual([
        'kubectl exec -n neotool-security vault-0 -- vault operator init',
        expect.stringMatching(/^read -rs TOKEN && printf %s "\$TOKEN" \| kubectl .* --from-file=token=\/dev\/stdin$/),
      ])
      expect(failure?.advice).toContain('--from manifests')
    })

    test('later has no root token, and no Job that would wait for it', async () => {
      const { failure } = (await deploy()).outcome
      expect(failure).toBeUndefined()
      expect(platform.cluster.find('Job', 'vault-init')).toBeUndefined()
      expect(platform.cluster.find('StatefulSet', 'vault')).toBeDefined()
    })
  })

  test('has the token and the settings taken from the cluster once vault-init has run', async () => {
    const { failure, steps } = (await deploy()).outcome
    expect(failure).toBeUndefined()
    expect(steps.find(({ step }) => step === 'parts')?.detail).toBe(
      '3 parts, 2 jobs; Vault has the settings: service-settings emptied, vault-root removed',
    )
    expect(platform.cluster.find('Secret', 'vault-root')).toBeUndefined()
    expect(platform.cluster.find('Secret', 'service-settings')).toMatchObject({ data: {} })
    expect((await deploy()).outcome.failure).toBeUndefined()
  })

  test('keeps them where nobody saw vault-init end, and says that they are there', async () => {
    await deploy({ ...prod, kind: 'local' })
    await platform.work.cluster.kubectl(['delete', 'Job/vault-init'])
    const { failure } = (await deploy(prod, 'parts')).outcome
    expect(settings()).not.toEqual([])
    expect(failure?.message).toContain('stopped at "verify"')
    expect(failure?.logLines).toEqual([
      expect.stringContaining('Secret neotool-security/vault-root is there'),
      expect.stringContaining('Secret neotool-security/service-settings is not empty'),
    ])
  })

  test('in memory needs them again and again', async () => {
    expect((await deploy({ ...prod, kind: 'local' })).outcome.failure).toBeUndefined()
    expect(platform.cluster.find('Secret', 'vault-root')).toBeDefined()
    expect(settings()).not.toEqual([])
  })
})
