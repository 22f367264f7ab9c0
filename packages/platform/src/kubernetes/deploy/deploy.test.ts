import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Report, TaskEvent } from '../../tasks.ts'
import { SERVICES } from '../releases.ts'
import { openAccess } from './access.ts'
import { type DeployOutcome, planDeployment, removalsIn, runSteps, type StepPlan } from './deploy.ts'
import { destroy, lossesOf } from './destroy.ts'
import { planRollback, rollBack } from './rollback.ts'
import { scale } from './scale.ts'
import { stepsFrom } from './steps.ts'
import type { DeploymentTarget } from './target.ts'
import { KUBECONFIG_SECRET, PLAN_SECRET } from './test-cluster.ts'
import { makeTestPrograms, type TestPrograms } from './test-programs.ts'

const NAMESPACES = ['app', 'web', 'data', 'storage', 'security', 'observability'].map((name) => `neotool-${name}`)

const overlay = (image = 'web:1', more = ''): string =>
  [
    ...NAMESPACES.map((name) => `{ apiVersion: v1, kind: Namespace, metadata: { name: ${name} } }`),
    `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web, namespace: neotool-web },
       spec: { replicas: 1, template: { spec: { containers: [{ name: web, image: "${image}" }] } } } }`,
    '{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: minio, namespace: neotool-storage }, spec: { replicas: 1, template: { spec: { containers: [] } } } }',
    '{ apiVersion: batch/v1, kind: Job, metadata: { name: buckets, namespace: neotool-storage } }',
    '{ apiVersion: v1, kind: ConfigMap, metadata: { name: old, namespace: neotool-web } }',
    more,
  ]
    .filter(Boolean)
    .join('\n---\n')

// Each deployment runs a hundred programs.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let programs: TestPrograms
let root = ''
const events: TaskEvent[] = []
const report: Report = (event) => events.push(event)

beforeEach(async () => {
  programs = await makeTestPrograms()
  vi.stubEnv('PATH', programs.path)
  programs.cluster.overlay = overlay()
  root = mkdtempSync(join(tmpdir(), 'neotool-root-'))
  events.length = 0
})
afterEach(async () => {
  vi.unstubAllEnvs()
  rmSync(root, { recursive: true })
  await programs[Symbol.asyncDispose]()
})

const targetOf = (terraform?: string): DeploymentTarget => ({
  root,
  name: 'test',
  kind: 'local',
  overlay: 'the-overlay',
  valuesFilesOf: (service) => [`${service}.yaml`],
  terraform,
})

type Run = { readonly plan: readonly StepPlan[]; readonly outcome: DeployOutcome }

const run = async ({ from, terraform }: { from?: string; terraform?: string } = {}): Promise<Run> => {
  const target = targetOf(terraform)
  const kubeconfig = terraform === undefined ? 'a-kubeconfig' : undefined
  await using access = await openAccess({ target, kubeconfig })
  const deployment = { target, access, given: {} }
  const steps = stepsFrom(from)
  const plan = await planDeployment(deployment, steps, report)
  return { plan, outcome: await runSteps(deployment, steps, report) }
}

const access = async () => openAccess({ target: targetOf(), kubeconfig: 'a-kubeconfig' })
const work = async () => ({ cluster: await (await access()).cluster() })
const summaries = (plan: readonly StepPlan[]) => Object.fromEntries(plan.map(({ step, summary }) => [step, summary]))

describe('a deployment', () => {
  test('plans each step, does it, and says what runs', async () => {
    const { plan, outcome } = await run()
    expect(summaries(plan)).toMatchObject({
      terraform: 'not used: a cluster is named',
      namespaces: '6 new',
      manifests: '3 new, 1 run again',
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
    await run()
    const { plan, outcome } = await run()
    expect(plan.flatMap(({ changes }) => changes.map(({ subject, change }) => `${subject} ${change}`))).toEqual([
      'Job neotool-storage/buckets run again',
    ])
    expect(outcome.parts.find(({ name }) => name === 'app')?.revision).toBe(1)
  })

  test('says which values it changes, and removes what no manifest has any more', async () => {
    await run()
    programs.cluster.overlay = overlay('web:2').replace('name: old,', 'name: new,')
    const { plan, outcome } = await run({ from: 'manifests' })
    const { changes = [] } = plan.find(({ step }) => step === 'manifests') ?? {}
    expect(changes).toEqual([
      {
        subject: 'Deployment neotool-web/web',
        change: 'changed',
        detail: ['spec.template.spec.containers[web].image: web:1 → web:2'],
      },
      { subject: 'ConfigMap neotool-web/new', change: 'new', detail: [] },
      { subject: 'ConfigMap neotool-web/old', change: 'removed', detail: [] },
      { subject: 'Job neotool-storage/buckets', change: 'run again', detail: [] },
    ])
    expect(outcome.failure).toBeUndefined()
    expect(programs.cluster.find('ConfigMap', 'old')).toBeUndefined()
    expect(programs.cluster.find('ConfigMap', 'new')).toBeDefined()
  })

  test('leaves alone, and names, what holds data and is in no manifest any more', async () => {
    programs.cluster.overlay = overlay('web:1', claim)
    await run()
    programs.cluster.overlay = overlay()
    const { plan } = await run()
    expect(plan.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ subject: 'PersistentVolumeClaim neotool-storage/files', change: 'left over' }),
    )
    expect(programs.cluster.find('PersistentVolumeClaim', 'files')).toBeDefined()
  })

  test('begins with a later step where that is asked for', async () => {
    await run()
    const before = programs.cluster.calls.length
    const { outcome } = await run({ from: 'releases' })
    expect(outcome.steps.map(({ step }) => step)).toEqual(['releases', 'verify'])
    const calls = programs.cluster.calls.slice(before)
    expect(calls.filter((call) => call.includes('Job'))).toEqual([])
    // The record of the deployment alone.
    expect(calls.filter((call) => call.startsWith('kubectl apply'))).toHaveLength(1)
  })

  test('makes a StatefulSet anew around its pods where the server refuses its change, after its volumes have grown', async () => {
    const set = (
      size: string,
    ) => `{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: kafka, namespace: neotool-data },
      spec: { replicas: 1, template: { spec: { containers: [] } },
        volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: ${size} } } } }] } }`
    const metadata = { name: 'data-kafka-0', namespace: 'neotool-data' }
    const storage = (size: string) => ({ resources: { requests: { storage: size } } })
    programs.cluster.overlay = overlay('web:1', set('10Gi'))
    await run()
    programs.cluster.add({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: storage('10Gi') })
    programs.cluster.overlay = overlay('web:1', set('20Gi'))
    programs.cluster.refused = 'kafka'
    const { plan, outcome } = await run()
    expect(plan.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ subject: 'StatefulSet neotool-data/kafka', change: 'made anew' }),
    )
    expect(outcome.failure).toBeUndefined()
    expect(programs.cluster.find('PersistentVolumeClaim', 'data-kafka-0')?.spec).toEqual(storage('20Gi'))
    expect(programs.cluster.calls).toContainEqual(
      expect.stringMatching(/delete StatefulSet.v1.apps\/kafka --namespace neotool-data --cascade=orphan/),
    )
  })

  test('fails with the objects, events and last words of what is not ready, and does not go on', async () => {
    programs.cluster.broken = 'web'
    const { failure, steps } = (await run()).outcome
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
    programs.cluster.brokenRelease = 'app'
    const { failure, parts } = (await run()).outcome
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

  test.each(['kubectl', 'helm'] as const)('needs %s, and says where it is had', async (program) => {
    programs.without(program)
    await expect(run()).rejects.toMatchObject({
      reason: 'prerequisite',
      message: `This needs ${program} on the PATH.`,
      advice: expect.stringContaining('https://'),
    })
  })
})

const claim = `{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: files, namespace: neotool-storage },
  spec: { resources: { requests: { storage: 20Gi } } } }`

describe('with Terraform', () => {
  const terraform = () => ({ terraform: root })

  test('a new environment has no cluster yet: it is made first, and its kubeconfig is used', async () => {
    programs.cluster.terraformChanges = [['module.k3s.server', 'create']]
    const { plan, outcome } = await run(terraform())
    expect(plan.map(({ step, summary }) => [step, summary])).toEqual(
      expect.arrayContaining([
        ['terraform', '1 created'],
        ['manifests', 'all 4 objects are new: there is no cluster yet'],
      ]),
    )
    expect(outcome.failure).toBeUndefined()
    const calls = programs.cluster.calls.filter((call) => call.startsWith('terraform'))
    expect(calls.map((call) => call.replace(/-chdir=\S+ |[^\s=]*neotool-terraform-\S+/g, ''))).toEqual([
      'terraform init -input=false -no-color',
      'terraform plan -input=false -no-color -out=',
      'terraform apply -input=false -no-color ',
    ])
  })

  test('what is secret is told nowhere', async () => {
    const { plan, outcome } = await run(terraform())
    const told = JSON.stringify([plan, outcome, events, programs.cluster.calls])
    expect(told).not.toContain(KUBECONFIG_SECRET)
    expect(told).not.toContain(PLAN_SECRET)
  })

  test('what would be deleted or replaced is named, for a person has to agree', async () => {
    programs.cluster.terraformChanges = [
      ['server["a"]', 'delete', 'create'],
      ['bucket', 'delete'],
      ['net', 'update'],
    ]
    const { plan } = await run(terraform())
    expect(removalsIn(plan)).toEqual(['server["a"] is replaced', 'bucket is deleted'])
  })

  test("its failure is the deployment's, in its own words", async () => {
    programs.cluster.isTerraformBroken = true
    const { failure } = (await run(terraform())).outcome
    expect(failure?.message).toContain('stopped at "terraform"')
    expect(failure?.logLines).toContain('Error: creating the server: quota exceeded')
  })

  test('needs terraform on the PATH', async () => {
    programs.without('terraform')
    await expect(run(terraform())).rejects.toMatchObject({ reason: 'prerequisite' })
  })
})

test('without Terraform and without --kubeconfig nothing says where the cluster is', async () => {
  await expect(openAccess({ target: targetOf() })).rejects.toMatchObject({ reason: 'usage' })
})

describe('a rollback', () => {
  test('brings manifests and releases of before back, and removes what came later', async () => {
    await run()
    programs.cluster.overlay = overlay(
      'web:2',
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: later, namespace: neotool-web } }',
    )
    programs.cluster.tag = '0.2.0'
    await run()
    const plan = await planRollback(await work())
    expect([plan.from.revision, plan.to.revision, [...plan.releases.keys()].toSorted()]).toEqual([
      2,
      1,
      SERVICES.toSorted(),
    ])
    await rollBack(await work(), plan, report)
    expect(programs.cluster.find('ConfigMap', 'later')).toBeUndefined()
    const { cluster } = await work()
    expect(await cluster.kubectl(['get', 'Deployment/web', '-o', 'json'])).toContain('web:1')
    expect(await cluster.kubectl(['get', 'Deployment/app', '-o', 'json'])).toContain('neotool/app:0.1.0')
    // The next one goes forward again, as Helm's does.
    expect((await planRollback(await work())).to.revision).toBe(2)
  })

  test('after one that failed goes to the last that was ready, and leaves releases that have not changed', async () => {
    await run()
    programs.cluster.tag = '0.2.0'
    programs.cluster.brokenRelease = 'app'
    programs.cluster.overlay = overlay('web:2')
    await run()
    programs.cluster.overlay = overlay('web:3')
    await run({ from: 'manifests' })
    const { to, releases } = await planRollback(await work())
    expect(to.revision).toBe(1)
    expect([...releases]).toEqual(expect.arrayContaining([['app', 1]]))
  })

  test('has nowhere to go after the first deployment', async () => {
    await run()
    await expect(planRollback(await work())).rejects.toThrow('There is no earlier deployment to go back to.')
  })
})

describe('scale', () => {
  beforeEach(async () => void (await run()))

  test('sets the minimum of the autoscaler, which the next deployment takes back', async () => {
    programs.cluster.ready = 4
    expect(await scale(await work(), 'app', 4)).toEqual({ ready: 4, range: { min: 4, max: 10 } })
    expect(programs.cluster.find('HorizontalPodAutoscaler', 'app')?.spec).toMatchObject({ minReplicas: 4 })
    const { plan } = await run({ from: 'releases' })
    expect(plan[0]?.changes).toMatchObject([
      { change: 'changed', detail: [expect.anything(), '  spec.minReplicas: 4 → 2'] },
    ])
    expect(programs.cluster.find('HorizontalPodAutoscaler', 'app')?.spec).toMatchObject({ minReplicas: 2 })
  })

  test.each([1, 11])('refuses %i, which is outside of the range', async (count) => {
    await expect(scale(await work(), 'app', count)).rejects.toMatchObject({ reason: 'usage' })
  })
})

describe('destroy', () => {
  test('names what is lost, removes what is ours, and the machines last', async () => {
    programs.cluster.overlay = overlay('web:1', claim)
    await run({ terraform: root })
    programs.cluster.terraformChanges = [['module.k3s.server', 'delete']]
    const target = targetOf(root)
    await using way = await openAccess({ target })
    const losses = await lossesOf({ target, access: way })
    expect(losses.lines).toEqual([
      'Volume neotool-storage/files, 20Gi',
      'Buckets: all files that were uploaded',
      expect.stringContaining('Keys:'),
      `Namespaces with all that is in them: ${NAMESPACES.join(', ')}`,
      'Terraform deletes module.k3s.server',
    ])
    await destroy({ target, access: way }, losses, report)
    expect(
      programs.cluster.calls
        .filter((call) => /uninstall|delete Namespace|terraform.* apply/.test(call))
        .map((call) => call.split(' ')[0]),
    ).toEqual(['terraform', 'helm', ...NAMESPACES.map(() => 'kubectl'), 'terraform'])
    expect(programs.cluster.find('Namespace', 'neotool-web')).toBeUndefined()
  })
})
