import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseObjects } from '../objects.ts'
import { smoke } from './smoke.ts'
import { makeTestPlatform, overlay, type TestPlatform } from './test-deployment.ts'

let platform: TestPlatform
beforeEach(async () => {
  platform = await makeTestPlatform()
  await platform.work.cluster.kubectl(['apply', '--filename', '-'], { input: overlay() })
})
afterEach(() => platform[Symbol.asyncDispose]())

const states = async (more = '') => {
  const objects = parseObjects(overlay('web:1', more))
  const checks = await smoke({ ...platform.work, objects, progress: () => {}, withinMs: 200 })
  return checks.map(({ name, state, detail }) => [name, state, detail])
}

const OBSERVED = `{ apiVersion: v1, kind: Prometheus, metadata: { name: neotool, namespace: neotool-observability } }
---
{ apiVersion: apps/v1, kind: Deployment, metadata: { name: grafana, namespace: neotool-observability },
  spec: { replicas: 1, template: { spec: { containers: [] } } } }`

const observe = () => platform.work.cluster.kubectl(['apply', '--filename', '-'], { input: OBSERVED })

test('passes each check, and removes what it has made in the reverse order', async () => {
  await observe()
  expect((await states(OBSERVED)).map(([name, state]) => `${name} ${state}`)).toEqual([
    'gateway passed',
    'sign-up passed',
    'product passed',
    'picture passed',
    'event passed',
    'metrics passed',
    'logs not installed',
    'dashboards passed',
    'picture removed passed',
    'product removed passed',
    'account removed passed',
  ])
})

test('goes on after a check that failed, and removes what was made before', async () => {
  platform.api.fail('createAssetUpload')
  const found = await states()
  expect(found).toContainEqual(['picture', 'failed', 'The API answered 200: [{"message":"Not now."}]'])
  expect(found).toContainEqual(['event', 'passed', expect.anything()])
  expect(platform.api.asked).toEqual(expect.arrayContaining(['deleteProduct', 'deleteAccount']))
  expect(platform.api.asked).not.toContain('deleteAsset')
})

test('asks again where the API says that it cannot now, twice', async () => {
  platform.api.delay('createProduct', 2)
  platform.api.delay('createAssetUpload', 3)
  const found = await states()
  expect(found).toContainEqual(['product', 'passed', 'p1'])
  expect(found).toContainEqual(['picture', 'failed', expect.stringContaining('Try again.')])
  const times = (field: string) => platform.api.asked.filter((asked) => asked === field).length
  expect([times('createProduct'), times('createAssetUpload')]).toEqual([3, 3])
})

test('skips what needs a check that failed', async () => {
  platform.api.fail('signUp')
  const skipped = (await states()).flatMap(([name, state]) => (state === 'skipped' ? [name] : []))
  expect(skipped).toEqual(['product', 'picture', 'event'])
})

test('names what could not be removed', async () => {
  platform.api.fail('deleteAccount')
  expect(await states()).toContainEqual(['account removed', 'failed', expect.stringContaining('Not now.')])
})

test('names a target that is not scraped', async () => {
  await observe()
  platform.api.target = 'down'
  expect(await states(OBSERVED)).toContainEqual(['metrics', 'failed', expect.stringContaining('app app-1 is down')])
})

test('calls nothing missing that the environment does not have', async () => {
  const found = (await states()).flatMap(([name, state]) => (state === 'not installed' ? [name] : []))
  expect(found).toEqual(['metrics', 'logs', 'dashboards'])
})

test('fails where something is gone that the environment has', async () => {
  const loki = '{ apiVersion: apps/v1, kind: StatefulSet, metadata: { name: loki, namespace: neotool-observability } }'
  const found = await states(`${OBSERVED}\n---\n${loki}`)
  expect(found.filter(([name]) => ['metrics', 'logs', 'dashboards'].includes(name ?? ''))).toEqual([
    ['metrics', 'failed', 'The environment has Prometheus, and the cluster does not.'],
    ['logs', 'failed', 'The environment has Loki, and the cluster does not.'],
    ['dashboards', 'failed', 'The environment has Grafana, and the cluster does not.'],
  ])
})

test('fails where no pod of Grafana is ready', async () => {
  await observe()
  platform.cluster.broken = 'grafana'
  expect(await states(OBSERVED)).toContainEqual(['dashboards', 'failed', '0 of 1 pods of Grafana are ready.'])
})
