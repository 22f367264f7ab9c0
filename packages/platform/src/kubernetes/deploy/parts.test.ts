import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseObjects } from '../objects.ts'
import { deployedParts } from './parts.ts'
import { makeTestPlatform, overlay, type TestPlatform } from './test-deployment.ts'

let platform: TestPlatform
beforeEach(async () => {
  platform = await makeTestPlatform()
})
afterEach(() => platform[Symbol.asyncDispose]())

// As an operator says of it that all is well.
const OPERATED: readonly (readonly [kind: string, name: string, spec: string, status: string])[] = [
  ['Cluster', 'postgres', '{ instances: 3 }', '{ readyInstances: 3 }'],
  ['Pooler', 'pgbouncer', '{ instances: 3 }', '{ instances: 3 }'],
  ['Prometheus', 'neotool', '{ replicas: 2 }', '{ conditions: [{ type: Available, status: "True" }] }'],
]
const objectOf = ([kind, name, spec, status]: (typeof OPERATED)[number]) =>
  `{ apiVersion: v1, kind: ${kind}, metadata: { name: ${name}, namespace: neotool-data }, spec: ${spec}, status: ${status} }`

const partsOf = async (more: string) => {
  const parts = await deployedParts(platform.work, parseObjects(overlay('web:1', more)))
  return parts
    .filter(({ namespace }) => namespace === 'neotool-data')
    .map(({ kind, name, state, ready, wanted }) => `${kind} ${name} ${state} ${ready}/${wanted}`)
}

test.each(OPERATED)(
  '%s of an operator is missing where it is not there, and is what its operator says',
  async (...it) => {
    const [kind, name] = it
    const object = objectOf(it)
    expect(await partsOf(object)).toEqual([`${kind} ${name} missing 0/0`])
    await platform.work.cluster.kubectl(['apply', '--filename', '-'], {
      input: object.replace(/status: .*/, 'status: {} }'),
    })
    expect(await partsOf(object)).toEqual([expect.stringMatching(`^${kind} ${name} not ready 0/[23]$`)])
    await platform.work.cluster.kubectl(['apply', '--filename', '-'], { input: object })
    expect(await partsOf(object)).toEqual([expect.stringMatching(`^${kind} ${name} ready (2/2|3/3)$`)])
  },
)
