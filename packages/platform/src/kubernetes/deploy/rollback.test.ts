import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICES } from '../releases.ts'
import { runSteps } from './deploy.ts'
import { deploymentRecords } from './records.ts'
import { planRollback, rollBack } from './rollback.ts'
import { scale } from './scale.ts'
import { STEPS } from './steps.ts'
import { deployTo, makeTestPlatform, overlay, type TestPlatform, targetOf } from './test-deployment.ts'

let platform: TestPlatform
beforeEach(async () => {
  platform = await makeTestPlatform()
})
afterEach(() => platform[Symbol.asyncDispose]())

describe('a rollback', () => {
  test('brings manifests and releases of before back, and removes what came later', async () => {
    await deployTo(platform.access)
    platform.cluster.overlay = overlay(
      'web:2',
      '{ apiVersion: v1, kind: ConfigMap, metadata: { name: later, namespace: neotool-web } }',
    )
    platform.cluster.tag = '0.2.0'
    await deployTo(platform.access)
    const plan = await planRollback(platform.work, 'test')
    expect([plan.from.revision, plan.to.revision, [...plan.releases.keys()].toSorted()]).toEqual([
      2,
      1,
      SERVICES.toSorted(),
    ])
    await rollBack(platform.work, plan, () => {})
    expect(platform.cluster.find('ConfigMap', 'later')).toBeUndefined()
    const { cluster } = platform.work
    expect(await cluster.kubectl(['get', 'Deployment/web', '-o', 'json'])).toContain('web:1')
    expect(await cluster.kubectl(['get', 'Deployment/app', '-o', 'json'])).toContain('neotool/app:0.1.0')
    // The next one goes forward again, as Helm's does.
    expect((await planRollback(platform.work, 'test')).to.revision).toBe(2)
  })

  test('after one that failed goes to the last that was ready, and leaves releases that have not changed', async () => {
    await deployTo(platform.access)
    platform.cluster.tag = '0.2.0'
    platform.cluster.brokenRelease = 'app'
    platform.cluster.overlay = overlay('web:2')
    await deployTo(platform.access)
    platform.cluster.overlay = overlay('web:3')
    await deployTo(platform.access, { from: 'manifests' })
    const { to, releases } = await planRollback(platform.work, 'test')
    expect(to.revision).toBe(1)
    expect([...releases]).toEqual(expect.arrayContaining([['app', 1]]))
  })

  const records = async () => {
    const found = await deploymentRecords(platform.work)
    return found.map(({ revision, state, releases }) => [revision, state, Object.keys(releases).length])
  }

  test('never goes to a deployment that was not well, though its parts and releases were ready', async () => {
    await deployTo(platform.access)
    platform.api.fail('signUp')
    platform.cluster.tag = '0.2.0'
    expect((await deployTo(platform.access, { from: 'releases' })).outcome.failure?.message).toContain('"verify"')
    // Its revisions are known all the same, as the ones to leave.
    expect(await records()).toEqual([
      [2, 'begun', 4],
      [1, 'ready', 4],
    ])
    platform.cluster.overlay = overlay('web:2')
    await deployTo(platform.access)
    expect((await planRollback(platform.work, 'test')).to.revision).toBe(1)
    platform.api.mend()
    await deployTo(platform.access, { from: 'verify' })
    expect((await records())[0]).toEqual([3, 'ready', 4])
  })

  test('never goes to one whose parts were never ready, though what came after them was done', async () => {
    await deployTo(platform.access)
    platform.cluster.overlay = overlay('web:2')
    platform.cluster.broken = 'web'
    await deployTo(platform.access)
    platform.cluster.broken = ''
    expect((await deployTo(platform.access, { from: 'releases' })).outcome.failure).toBeUndefined()
    expect((await records())[0]).toEqual([2, 'begun', 4])
    await deployTo(platform.access, { from: 'parts' })
    expect((await records())[0]).toEqual([2, 'ready', 4])
  })

  test('moves back to the releases of one that was interrupted before that step, and verified later', async () => {
    await deployTo(platform.access)
    platform.cluster.overlay = overlay('web:2')
    const deployment = { target: targetOf(), access: platform.access, given: {} }
    const untilParts = STEPS.slice(
      0,
      STEPS.findIndex(({ name }) => name === 'releases'),
    )
    await runSteps(deployment, untilParts, () => {})
    expect((await records())[0]).toEqual([2, 'begun', 0])
    await deployTo(platform.access, { from: 'verify' })
    expect((await records())[0]).toEqual([2, 'ready', 4])
    platform.cluster.tag = '0.2.0'
    await deployTo(platform.access, { from: 'releases' })
    const { to, releases } = await planRollback(platform.work, 'test')
    expect([to.revision, [...releases.keys()].toSorted()]).toEqual([2, SERVICES.toSorted()])
  })

  test('goes to the last one that was ready, however many have failed since, and forgets the oldest of those', async () => {
    await deployTo(platform.access)
    platform.cluster.broken = 'web'
    for (const image of ['web:2', 'web:3', 'web:4', 'web:5', 'web:6', 'web:7']) {
      platform.cluster.overlay = overlay(image)
      await deployTo(platform.access, { from: 'manifests' })
    }
    expect((await planRollback(platform.work, 'test')).to.revision).toBe(1)
    expect((await records()).map(([revision]) => revision)).toEqual([7, 6, 5, 4, 3, 1])
  })

  test('has nowhere to go after the first deployment', async () => {
    await deployTo(platform.access)
    await expect(planRollback(platform.work, 'test')).rejects.toThrow('There is no earlier deployment to go back to.')
  })
})

describe('scale', () => {
  beforeEach(async () => void (await deployTo(platform.access)))

  test('sets the minimum of the autoscaler, which the next deployment takes back', async () => {
    platform.cluster.ready = 4
    expect(await scale(platform.work, 'app', 4)).toEqual({ ready: 4, range: { min: 4, max: 10 } })
    expect(platform.cluster.find('HorizontalPodAutoscaler', 'app')?.spec).toMatchObject({ minReplicas: 4 })
    const { plan } = await deployTo(platform.access, { from: 'releases' })
    expect(plan[0]?.changes).toMatchObject([
      { change: 'changed', detail: [expect.anything(), '  spec.minReplicas: 4 → 2'] },
    ])
    expect(platform.cluster.find('HorizontalPodAutoscaler', 'app')?.spec).toMatchObject({ minReplicas: 2 })
  })

  test.each([1, 11])('refuses %i, which is outside of the range', async (count) => {
    await expect(scale(platform.work, 'app', count)).rejects.toMatchObject({ reason: 'usage' })
  })
})
