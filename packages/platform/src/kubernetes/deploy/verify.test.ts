import { afterEach, beforeEach, expect, test } from 'vitest'
import { deployTo, makeTestPlatform, type TestPlatform, targetOf } from './test-deployment.ts'
import { assertVerified, verify } from './verify.ts'

let platform: TestPlatform
beforeEach(async () => {
  platform = await makeTestPlatform()
  await deployTo(platform.access)
})
afterEach(() => platform[Symbol.asyncDispose]())

const work = () => ({ ...platform.work, target: targetOf() })

test('a deployment waits for pods that an autoscaler has added, and is well once they are ready', async () => {
  platform.cluster.ready = 0
  const { answer } = platform.cluster
  let looks = 0
  platform.cluster.answer = (program, args, input) => {
    if (args.join(' ').includes('deployments,statefulsets,daemonsets --all-namespaces')) looks += 1
    if (looks > 1) platform.cluster.ready = 1
    return answer(program, args, input)
  }
  expect(await assertVerified(work(), () => {})).toMatch(/^(\d+) of \1 ready/)
})

test('asked how it is, an environment says what is true now', async () => {
  platform.cluster.ready = 0
  const { isWell, parts } = await verify({ ...work(), report: () => {} })
  expect(isWell).toBe(false)
  expect(parts.map(({ state }) => state)).toContain('not ready')
})
