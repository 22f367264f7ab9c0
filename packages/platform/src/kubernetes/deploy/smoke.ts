/*
 * Whether the platform does what it is there for: a person signs up, adds a product with a picture, and sees the effect of the
 * event; figures and logs of that arrive. What was made for it is removed again, also where something failed.
 */
import { z } from 'zod'
import { messageOf, PlatformError } from '../../failure.ts'
import { waitUntilReady } from '../../probe.ts'
import type { Cluster } from '../cluster.ts'
import type { KubernetesObject } from '../objects.ts'
import { type Forward, forwardTo, type ServicePort } from './forward.ts'
import {
  activityOf,
  addPicture,
  addProduct,
  askStorage,
  deleteAccount,
  PIXEL,
  removePicture,
  removeProduct,
  signUpAndIn,
} from './person.ts'

export type Check = {
  readonly name: string
  readonly state: 'passed' | 'failed' | 'skipped' | 'not installed'
  readonly detail: string
  readonly elapsedMs: number
}

type Smoke = {
  readonly cluster: Cluster
  /** What the environment stands for: of that, nothing may be absent. */
  readonly objects: readonly KubernetesObject[]
  readonly signal?: AbortSignal | undefined
  readonly progress: (detail: string) => void
  /** For how long something that takes its time is asked for. */
  readonly withinMs?: number
}

const GATEWAY: ServicePort = ['neotool-web', 'gateway', 4000]
const STORAGE: ServicePort = ['neotool-storage', 'minio', 9000]
const PROMETHEUS: ServicePort = ['neotool-observability', 'prometheus', 9090]
const LOKI: ServicePort = ['neotool-observability', 'loki', 3100]

const GRAFANA_NAMESPACE = 'neotool-observability'
const deployment = z.looseObject({
  spec: z.looseObject({ replicas: z.int().default(1) }),
  status: z.looseObject({ readyReplicas: z.int().default(0) }),
})

const PRODUCT = 'Neotool verify'
const ARRIVES_WITHIN_MS = 60_000

/** Thrown where there is nothing to be checked. */
class NotInstalled extends Error {}

/** Tries everything once; a check whose ground has failed is skipped. */
export const smoke = async (options: Smoke): Promise<readonly Check[]> => {
  const { cluster, objects, signal, progress, withinMs = ARRIVES_WITHIN_MS } = options
  const checks: Check[] = []
  await using ways = new AsyncDisposableStack()
  await using leftovers = new AsyncDisposableStack()
  const open = async (port: ServicePort): Promise<Forward> => ways.use(await forwardTo(cluster, port, signal))
  const isWanted = (kind: string, name: string) =>
    objects.some((object) => object.kind === kind && object.metadata.name === name)
  /** Fails where the environment has it and the cluster does not. */
  const find = async (what: string, [kind, name]: readonly [string, string], namespace: string): Promise<unknown> => {
    if (!isWanted(kind, name)) throw new NotInstalled(`the environment has no ${what}`)
    const args = ['get', `${kind}/${name}`, '-n', namespace, '--ignore-not-found', '-o', 'json']
    const text = await cluster.kubectl(args, { signal })
    if (text.trim() === '') throw new PlatformError(`The environment has ${what}, and the cluster does not.`)
    return JSON.parse(text)
  }

  /** Answers what the work answers, and undefined where it has failed or its ground has. */
  const check = async <Value>(
    name: string,
    work: () => Promise<{ value: Value; detail: string }>,
    isPossible = true,
  ): Promise<Value | undefined> => {
    const begin = Date.now()
    const note = (state: Check['state'], detail: string) =>
      checks.push({ name, state, detail, elapsedMs: Date.now() - begin })
    if (!isPossible) {
      note('skipped', 'what it needs has failed')
      return undefined
    }
    progress(name)
    try {
      const { value, detail } = await work()
      note('passed', detail)
      return value
    } catch (error) {
      signal?.throwIfAborted()
      note(error instanceof NotInstalled ? 'not installed' : 'failed', wordsOf(error))
      return undefined
    }
  }

  const gateway = await check('gateway', async () => {
    const url = `http://127.0.0.1:${(await open(GATEWAY)).port}/graphql`
    return { value: url, detail: 'is reached' }
  })
  const person = await check(
    'sign-up',
    async () => {
      const value = await signUpAndIn(gateway ?? '')
      leftovers.defer(() => tidy(checks, 'account removed', () => deleteAccount(gateway ?? '', value)))
      return { value, detail: value.email }
    },
    gateway !== undefined,
  )
  const at = { gateway: gateway ?? '', token: person?.token ?? '' }
  const productId = await check('product', () => makeProduct(at, checks, leftovers), person !== undefined)
  await check(
    'picture',
    () => tryPicture(at, productId ?? '', { isOurs: isWanted('StatefulSet', 'minio'), open, checks, leftovers }),
    productId !== undefined,
  )
  await check(
    'event',
    async () => {
      const arrived = await untilFound('The effect of the event', { signal, withinMs }, async () => {
        const names = await activityOf(at.gateway, at.token, productId ?? '')
        return names.includes(PRODUCT) ? names : undefined
      })
      return { value: arrived, detail: `seen in the activity: ${arrived.length}` }
    },
    productId !== undefined,
  )
  await check('metrics', async () => {
    await find('Prometheus', ['Prometheus', 'neotool'], PROMETHEUS[0])
    const url = `http://127.0.0.1:${(await open(PROMETHEUS)).port}`
    const count = await untilFound('Prometheus', { signal, withinMs }, () => scrapedTargets(url))
    return { value: count, detail: `all ${count} targets are scraped` }
  })
  await check('logs', async () => {
    await find('Loki', ['StatefulSet', 'loki'], LOKI[0])
    const url = `http://127.0.0.1:${(await open(LOKI)).port}`
    const lines = await untilFound('Loki', { signal, withinMs }, () => linesOf(url))
    return { value: lines, detail: `lines of the services of the last minutes arrive` }
  })
  await check('dashboards', async () => {
    const { spec, status } = deployment.parse(await find('Grafana', ['Deployment', 'grafana'], GRAFANA_NAMESPACE))
    const counts = `${status.readyReplicas} of ${spec.replicas} pods of Grafana are ready`
    if (status.readyReplicas < spec.replicas) throw new PlatformError(`${counts}.`)
    return { value: counts, detail: counts }
  })
  // In the reverse order of their making, and before the ways are closed.
  await leftovers.disposeAsync()
  return checks
}

type Place = { readonly gateway: string; readonly token: string }

const makeProduct = async ({ gateway, token }: Place, checks: Check[], leftovers: AsyncDisposableStack) => {
  const value = await addProduct(gateway, token, PRODUCT)
  leftovers.defer(() => tidy(checks, 'product removed', () => removeProduct(gateway, token, value)))
  return { value, detail: value }
}

type Storage = {
  readonly isOurs: boolean
  readonly open: (port: ServicePort) => Promise<Forward>
  readonly checks: Check[]
  readonly leftovers: AsyncDisposableStack
}

const tryPicture = async (
  { gateway, token }: Place,
  productId: string,
  { isOurs, open, checks, leftovers }: Storage,
) => {
  // Elsewhere it is a service of the internet.
  const storagePort = isOurs ? (await open(STORAGE)).port : undefined
  const picture = await addPicture(gateway, token, { productId, storagePort })
  leftovers.defer(() => tidy(checks, 'picture removed', () => removePicture(gateway, token, picture.id)))
  const { status, body } = await askStorage('GET', picture.url, { storagePort })
  if (status !== 200 || !body.equals(PIXEL)) {
    throw new PlatformError(`The storage answered ${status} with ${body.length} bytes, and not with what was sent.`)
  }
  return { value: picture, detail: `${body.length} bytes sent and read` }
}

const tidy = async (checks: Check[], name: string, work: () => Promise<void>): Promise<void> => {
  const begin = Date.now()
  const fault = await work().then(() => undefined, messageOf)
  checks.push({
    name,
    state: fault === undefined ? 'passed' : 'failed',
    detail: fault ?? '',
    elapsedMs: Date.now() - begin,
  })
}

/** With the last thing that a program said of it. */
const wordsOf = (error: unknown): string => {
  const last = error instanceof PlatformError ? (error.logLines.at(-1) ?? '') : ''
  return `${messageOf(error)} ${last}`.trim()
}

/** Asks until there is an answer, whatever a question in between has failed with. */
const untilFound = async <Value>(
  what: string,
  { signal, withinMs }: { readonly signal: AbortSignal | undefined; readonly withinMs: number },
  ask: () => Promise<Value | undefined>,
): Promise<Value> => {
  let found: Value | undefined
  const probe = async () => {
    found = await ask().catch((error: unknown) => {
      throw new Error(messageOf(error))
    })
    if (found === undefined) throw new Error('nothing yet')
  }
  await waitUntilReady(what, probe, { withinMs, everyMs: 500, ...(signal && { signal }) })
  return found as Value
}

const target = z.looseObject({
  labels: z.record(z.string(), z.string()),
  health: z.string(),
  lastError: z.string().default(''),
})
const targets = z.looseObject({ data: z.looseObject({ activeTargets: z.array(target) }) })

/** How many there are; throws with the names of those that are not up. */
const scrapedTargets = async (prometheus: string): Promise<number | undefined> => {
  const response = await fetch(`${prometheus}/api/v1/targets?state=active`, { signal: AbortSignal.timeout(10_000) })
  const { activeTargets } = targets.parse(await response.json()).data
  const down = activeTargets.filter(({ health }) => health !== 'up')
  if (down.length > 0) {
    const names = down.map(
      ({ labels, health, lastError }) => `${labels.job} ${labels.pod ?? ''} is ${health} ${lastError}`,
    )
    throw new Error(names.join('; '))
  }
  return activeTargets.length === 0 ? undefined : activeTargets.length
}

const streams = z.looseObject({ data: z.looseObject({ result: z.array(z.unknown()) }) })

const linesOf = async (loki: string): Promise<number | undefined> => {
  const url = new URL(`${loki}/loki/api/v1/query_range`)
  url.search = new URLSearchParams({ query: '{namespace="neotool-app"}', since: '5m', limit: '1' }).toString()
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  const { result } = streams.parse(await response.json()).data
  return result.length === 0 ? undefined : result.length
}
