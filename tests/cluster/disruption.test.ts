import type { Forward } from '@neotool/platform/kubernetes/deploy/forward'
import { upgradeRelease } from '@neotool/platform/kubernetes/deploy/helm'
import { signUpAndIn } from '@neotool/platform/kubernetes/deploy/person'
import { SERVICES } from '@neotool/platform/kubernetes/releases'
import { eventually } from '@neotool/testkit/eventually'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reach, theCluster } from './access.ts'
import { canBeLate, withLateAddresses } from './late-addresses.ts'
import { type Load, type Seen, startLoad } from './load.ts'
import { target } from './platform.ts'

const NAMESPACE = 'neotool-app'
const cluster = theCluster()

let api: Forward
let load: Load

beforeAll(async () => {
  api = await reach('gateway')
})
afterAll(() => api?.[Symbol.asyncDispose]())

// Twice, since a token is good for a quarter of an hour.
const startOwnLoad = async () => {
  const { token } = await signUpAndIn(`http://127.0.0.1:${api.port}/graphql`)
  load = await startLoad(cluster, token)
}
const endLoad = () => load?.[Symbol.asyncDispose]()

type Pod = { readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string } }
type Deployment = {
  readonly metadata: { readonly generation: number }
  readonly spec: { readonly replicas: number }
  readonly status: { readonly observedGeneration: number; readonly readyReplicas?: number; readonly replicas?: number }
}

const get = async <Thing>(...args: readonly string[]): Promise<Thing> => {
  const read = () => cluster.kubectl(['get', ...args, '-n', NAMESPACE, '-o', 'json'])
  return JSON.parse(await eventually(args.join(' '), read)) as Thing
}

const podsOf = async (service: string): Promise<readonly Pod[]> => {
  const { items } = await get<{ items: readonly Pod[] }>('pods', '-l', `app.kubernetes.io/name=${service}`)
  return items
}

const untilWhole = (service: string, without: readonly string[]) =>
  eventually(
    `${service} is whole again`,
    async () => {
      const { spec, status } = await get<Deployment>('deployment', service)
      const pods = await podsOf(service)
      return { wanted: spec.replicas, ready: status.readyReplicas ?? 0, pods: pods.map(({ metadata }) => metadata.uid) }
    },
    ({ wanted, ready, pods }) =>
      ready === wanted && pods.length === wanted && !pods.some((uid) => without.includes(uid)),
    600_000,
  )

const uidsOf = async (service: string) => (await podsOf(service)).map(({ metadata }) => metadata.uid)

/** Nothing has failed, and the load has gone on meanwhile. */
const expectNoFailure = async (before: Seen) => {
  const after = await eventually('the load goes on', load.seen, ({ sent }) => sent > before.sent + 20)
  const failed = after.failed - before.failed
  expect({ failed, samples: failed === 0 ? [] : after.samples }).toEqual({ failed: 0, samples: [] })
}

describe('a rolling upgrade under load', () => {
  beforeAll(startOwnLoad)
  afterAll(endLoad)

  it.each(SERVICES)('replaces every pod of %s, and no request fails', async (service) => {
    const [before, old] = [await load.seen(), await uidsOf(service)]
    expect(await upgradeRelease({ cluster, target, service, settings: ['settings.LOG_LEVEL=warn'] })).toBe('upgraded')
    await untilWhole(service, old)
    await expectNoFailure(before)
  })
})

describe('an eviction under load', () => {
  beforeAll(startOwnLoad)
  afterAll(endLoad)

  it.each(SERVICES)(
    `takes a pod of %s${canBeLate() ? ', of which the node learns late' : ''}, and no request fails`,
    async (service) => {
      // Its budget allows none while the autoscaler has just added pods.
      await untilWhole(service, [])
      const before = await load.seen()
      const [pod] = await podsOf(service)
      if (pod === undefined) throw new Error(`${service} has no pod`)
      const { name, uid } = pod.metadata
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: NAMESPACE } }
      const path = `/api/v1/namespaces/${NAMESPACE}/pods/${name}/eviction`
      const evict = () => cluster.kubectl(['create', '--raw', path, '-f', '-'], { input: JSON.stringify(eviction) })
      await eventually(
        'the eviction',
        () => withLateAddresses(evict),
        () => true,
      )
      await untilWhole(service, [uid])
      await expectNoFailure(before)
    },
  )
})
