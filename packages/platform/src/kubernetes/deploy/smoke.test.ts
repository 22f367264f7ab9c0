import { afterEach, beforeEach, expect, test } from 'vitest'
import { smoke } from './smoke.ts'
import { makeTestPlatform, overlay, type TestPlatform } from './test-deployment.ts'

let platform: TestPlatform
beforeEach(async () => {
  platform = await makeTestPlatform()
  await platform.work.cluster.kubectl(['apply', '--filename', '-'], { input: overlay() })
})
afterEach(() => platform[Symbol.asyncDispose]())

const states = async () => {
  const checks = await smoke({ ...platform.work, progress: () => {}, withinMs: 200 })
  return checks.map(({ name, state, detail }) => [name, state, detail])
}

const prometheus = {
  apiVersion: 'v1',
  kind: 'Prometheus',
  metadata: { name: 'neotool', namespace: 'neotool-observability' },
}

test('passes each check, and removes what it has made in the reverse order', async () => {
  platform.cluster.add(prometheus)
  expect((await states()).map(([name, state]) => `${name} ${state}`)).toEqual([
    'gateway passed',
    'sign-up passed',
    'product passed',
    'picture passed',
    'event passed',
    'metrics passed',
    'logs not installed',
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
  platform.cluster.add(prometheus)
  platform.api.target = 'down'
  expect(await states()).toContainEqual(['metrics', 'failed', expect.stringContaining('app app-1 is down')])
})
