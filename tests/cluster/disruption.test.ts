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
  const { token } = await signUpAndIn(`http://127.0.0.1:${api.port}/graphql`)
  load = await startLoad(cluster, token)
})
afterAll(async () => {
  await load?.[Symbol.asyncDispose]()
  await api?.[Symbol.asyncDispose]()
})

type Pod = { readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string } }
type Deployment = {
  readonly metadata: { readonly generation: number }
  readonly spec: { readonly replicas: number }
  readonly status: { readonly observedGeneration: number; readonly readyReplicas?: number; readonly replicas?: number }
}

const get = async <Thing>(...args: readonly string[]): Promise<Thing> =>
  JSON.parse(await cluster.kubectl(['get', ...args, '-n', NAMESPACE, '-o', 'json'])) as Thing

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
    180_000,
  )

const uidsOf = async (service: string) => (await podsOf(service)).map(({ metadata }) => metadata.uid)

/** Nothing has failed, and the load has gone on meanwhile. */
const expectNoFailure = async (before: Seen) => {
  const after = await eventually('the load goes on', load.seen, ({ sent }) => sent > before.sent + 20)
  const failed = after.failed - before.failed
  expect({ failed, samples: failed === 0 ? [] : after.samples }).toEqual({ failed: 0, samples: [] })
}

describe('under load, no request fails while', () => {
  it.each(SERVICES)('every pod of %s is replaced by a rolling upgrade', async (service) => {
    const [before, old] = [await load.seen(), await uidsOf(service)]
    expect(await upgradeRelease({ cluster, target, service, settings: ['settings.LOG_LEVEL=warn'] })).toBe('upgraded')
    await untilWhole(service, old)
    await expectNoFailure(before)
  })

  it.each(SERVICES)(
    `a pod of %s is evicted${canBeLate() ? ', of which the node learns late' : ''}`,
    async (service) => {
      const before = await load.seen()
      const [pod] = await podsOf(service)
      if (pod === undefined) throw new Error(`${service} has no pod`)
      const { name, uid } = pod.metadata
      const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: NAMESPACE } }
      const path = `/api/v1/namespaces/${NAMESPACE}/pods/${name}/eviction`
      const evict = () => cluster.kubectl(['create', '--raw', path, '-f', '-'], { input: JSON.stringify(eviction) })
      await withLateAddresses(evict)
      await untilWhole(service, [uid])
      await expectNoFailure(before)
    },
  )
})
