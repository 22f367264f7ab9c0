/* Takes minutes by its nature: only `./neotool test --only cluster --long` runs it. */
import type { Forward } from '@neotool/platform/kubernetes/deploy/forward'
import { addProduct, signUpAndIn } from '@neotool/platform/kubernetes/deploy/person'
import { SERVICES } from '@neotool/platform/kubernetes/releases'
import { eventually } from '@neotool/testkit/eventually'
import { decodeProtectedHeader } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reach, theCluster } from './access.ts'
import { startLoad } from './load.ts'
import { startRaftVault } from './raft-vault.ts'

const MINUTE_MS = 60_000
const cluster = theCluster()
let api: Forward
let gateway = ''

beforeAll(async () => {
  api = await reach('gateway')
  gateway = `http://127.0.0.1:${api.port}/graphql`
})
afterAll(() => api[Symbol.asyncDispose]())

type Deployment = { readonly spec: { readonly replicas: number }; readonly status: { readonly readyReplicas?: number } }

const replicasOf = async (service: string) => {
  const text = await cluster.kubectl(['get', 'deployment', service, '-n', 'neotool-app', '-o', 'json'])
  const { spec, status } = JSON.parse(text) as Deployment
  return { wanted: spec.replicas, ready: status.readyReplicas ?? 0 }
}

const kidOf = (token: string) => decodeProtectedHeader(token).kid

const untilAnotherKeySigns = (before: string) =>
  eventually(
    'another key signs',
    async () => kidOf((await signUpAndIn(gateway)).token),
    (kid) => kid !== kidOf(before),
    MINUTE_MS,
  )

type Replicas = Awaited<ReturnType<typeof replicasOf>>

const untilApp = (what: string, isGood: (replicas: Replicas) => boolean, deadlineMs: number) =>
  eventually(what, () => replicasOf('app'), isGood, deadlineMs)

describe('given time', () => {
  it(
    'the autoscaler adds pods under load and takes them away after it',
    async () => {
      const { token } = await signUpAndIn(gateway)
      await untilApp('app has its minimum', ({ wanted }) => wanted === 2, 12 * MINUTE_MS)
      const load = await startLoad(cluster, token)
      try {
        await untilApp('app has more pods', ({ ready }) => ready > 2, 5 * MINUTE_MS)
        expect((await load.seen()).samples).toEqual([])
      } finally {
        await load[Symbol.asyncDispose]()
      }
      await untilApp('app is back', ({ wanted }) => wanted === 2, 12 * MINUTE_MS)
    },
    30 * MINUTE_MS,
  )

  it(
    'kubectl scale sets the number, which the autoscaler then takes back to what the load asks for',
    async () => {
      await cluster.kubectl(['scale', 'deployment', 'app', '-n', 'neotool-app', '--replicas=4'])
      await untilApp('all four are ready', ({ wanted, ready }) => wanted === 4 && ready === 4, MINUTE_MS)
      await untilApp('two are left', ({ wanted }) => wanted === 2, 12 * MINUTE_MS)
    },
    16 * MINUTE_MS,
  )

  it(
    'the signing keys rotate by their CronJob, and tokens of before are still good',
    async () => {
      const { token: before } = await signUpAndIn(gateway)
      const job = ['job/rotate-keys-test', '-n', 'neotool-workflows']
      await cluster.kubectl(['delete', ...job, '--ignore-not-found', '--wait'])
      const create = ['create', 'job', 'rotate-keys-test', '-n', 'neotool-workflows', '--from=cronjob/rotate-keys']
      await cluster.kubectl(create)
      await cluster.kubectl(['wait', ...job, '--for=condition=Complete', '--timeout=180s'])
      await untilAnotherKeySigns(before)
      await addProduct(gateway, before, 'Signed before')
    },
    6 * MINUTE_MS,
  )

  it(
    'a Vault with Raft storage has everything after a restart, once it is unsealed',
    async () => {
      await using vault = await startRaftVault(cluster)
      await vault.write('neotool/kept', { word: 'walnut' })
      await vault.restart()
      expect(await vault.read('neotool/kept')).toEqual({ word: 'walnut' })
    },
    6 * MINUTE_MS,
  )

  it(
    'a Vault in memory that has lost everything is filled again, and pods start',
    async () => {
      const { token: before } = await signUpAndIn(gateway)
      await cluster.kubectl(['delete', 'pod', 'vault-0', '-n', 'neotool-security', '--wait'])
      const lostAt = Date.now()
      const filledAt = [
        'get',
        'cronjob/vault-init',
        '-n',
        'neotool-security',
        '-o',
        'jsonpath={.status.lastSuccessfulTime}',
      ]
      await eventually(
        'vault-init has run since',
        () => cluster.kubectl(filledAt),
        (time) => Date.parse(time) > lostAt,
        6 * MINUTE_MS,
      )
      await untilAnotherKeySigns(before)
      await cluster.kubectl(['rollout', 'restart', 'deployment/app', '-n', 'neotool-app'])
      await cluster.kubectl(['rollout', 'status', 'deployment/app', '-n', 'neotool-app', '--timeout=180s'])
      await addProduct(gateway, (await signUpAndIn(gateway)).token, 'Signed after')
    },
    10 * MINUTE_MS,
  )

  it.each(SERVICES)('%s has not been restarted by a probe meanwhile', async (service) => {
    const args = ['get', 'pods', '-n', 'neotool-app', '-l', `app.kubernetes.io/name=${service}`, '-o', 'json']
    type Pod = { readonly status: { readonly containerStatuses: readonly { readonly restartCount: number }[] } }
    const { items } = JSON.parse(await cluster.kubectl(args)) as { items: readonly Pod[] }
    const restarts = items.flatMap(({ status }) => status.containerStatuses.map(({ restartCount }) => restartCount))
    expect(restarts).toEqual(restarts.map(() => 0))
  })
})
