/** For tests: a cluster with its releases and its machines, as kubectl, helm and terraform tell of it. */
import { parseAllDocuments } from 'yaml'
import { autoscalerOf, deploymentOf, type Item } from './test-chart.ts'
import { Failure, makeTestTerraform, type TerraformState } from './test-terraform.ts'

type VolumeSpec = { readonly claimRef: { readonly namespace: string }; readonly persistentVolumeReclaimPolicy: string }

type Revision = {
  readonly name: string
  readonly version: number
  readonly info: { readonly status: string; readonly last_deployed: string }
  readonly manifest: string
  readonly hooks: readonly never[]
}

export type TestCluster = TerraformState & {
  /** What `kubectl kustomize` prints. */
  overlay: string
  /** The tag of the services' image in the chart. */
  tag: string
  /** A Deployment or StatefulSet whose pod never is ready. */
  broken: string
  /** How many pods of each part are ready. */
  ready: number
  /** A service whose upgrade fails. */
  brokenRelease: string
  /** A StatefulSet whose change the server refuses. */
  refused: string
  isVaultNew: boolean
  /** Its server does not answer. */
  isAway: boolean
  /** What the webhook of an add-on says to the next apply of workloads. */
  webhookFault: string
  /** A PersistentVolume that nobody can delete. */
  stuckVolume: string
  /** What the programs were called with, without what only asks. */
  readonly calls: readonly string[]
  find(kind: string, name: string): Item | undefined
  add(item: Item): void
  /** Answers a program: its exit code and a line's end, then what it prints. */
  answer(program: string, args: readonly string[], input: string): string
}

const READS =
  /^(kubectl (version|api-versions|kustomize|get|port-forward|logs)|helm (version|list|status)|terraform( -chdir=\S+)? (version|show|output))\b|--dry-run=server/

const read = (yaml: string): Item[] =>
  [...parseAllDocuments(yaml)].flatMap((document) => (document.toJS() as Item | null) ?? [])
const list = (items: readonly unknown[]): string => JSON.stringify({ kind: 'List', items })

/** An empty cluster. Whoever forwards a port of it reaches `port`. */
export const makeTestCluster = (port: number): TestCluster => {
  const items = new Map<string, Item>()
  const calls: string[] = []
  const releases = new Map<string, Revision[]>()
  const state = {
    overlay: '',
    tag: '0.1.0',
    broken: '',
    ready: 1,
    brokenRelease: '',
    terraformChanges: [] as TerraformState['terraformChanges'],
    terraformFault: '',
    isTerraformSlow: false,
    isShowingBroken: false,
    refused: '',
    isVaultNew: false,
    isAway: false,
    webhookFault: '',
    stuckVolume: '',
  }
  const keyOf = ({ kind, metadata: { namespace = '', name } }: Item) => [kind, namespace, name].join(' ')
  const put = (item: Item) => void items.set(keyOf(item), item)
  const find = (kind: string, name: string) =>
    [...items.values()].find((item) => item.kind.toLowerCase() === kind.toLowerCase() && item.metadata.name === name)
  /** deployment.v1.apps/web */
  const at = (place = '') => find(place.split('.')[0]?.split('/')[0] ?? '', place.split('/')[1] ?? '')
  const ofKind = (kinds: readonly string[], namespace?: string) =>
    [...items.values()].filter(
      ({ kind, metadata }) => kinds.includes(kind) && (namespace === undefined || metadata.namespace === namespace),
    )
  const running = (item: Item) => ({
    ...item,
    metadata: { ...item.metadata, generation: 1 },
    spec: { replicas: 1, ...item.spec },
    status: {
      observedGeneration: 1,
      readyReplicas: item.metadata.name === state.broken ? 0 : state.ready,
      updatedReplicas: 1,
    },
  })
  const brokenPod = (namespace: string) => ({
    metadata: { name: `${state.broken}-1`, namespace, uid: 'u1' },
    status: {
      phase: 'Pending',
      containerStatuses: [
        {
          name: 'main',
          ready: false,
          restartCount: 0,
          image: 'nowhere:1',
          state: { waiting: { reason: 'ImagePullBackOff' } },
        },
      ],
    },
  })
  const event = () => ({
    type: 'Warning',
    reason: 'Failed',
    message: 'no such image',
    involvedObject: { kind: 'Pod', name: `${state.broken}-1` },
  })

  const get = (args: readonly string[], input: string): string => {
    const what = args[1] ?? ''
    const option = args.indexOf('-n') > 0 ? args.indexOf('-n') : args.indexOf('--namespace')
    const namespace = option > 0 ? args[option + 1] : undefined
    const isIll = ofKind(['Deployment', 'StatefulSet'], namespace).some(
      ({ metadata }) => metadata.name === state.broken,
    )
    if (what === '--raw') return 'ok'
    if (args.includes('--filename')) return list(read(input).flatMap((item) => items.get(keyOf(item)) ?? []))
    if (what === 'namespaces' || what === 'namespace') {
      return ofKind(['Namespace'])
        .map(({ metadata }) => `namespace/${metadata.name}\n`)
        .join('')
    }
    if (what === 'secrets' && args.includes('--selector')) {
      return list(ofKind(['Secret']).filter(({ type }) => type === 'neotool/deployment'))
    }
    if (what === 'secrets') {
      return ofKind(['Secret'])
        .map(({ metadata }) => `${metadata.namespace}/${metadata.name}\n`)
        .join('')
    }
    if (what === 'pods') return list(isIll && namespace !== undefined ? [brokenPod(namespace)] : [])
    if (what === 'events') return list(isIll ? [event()] : [])
    if (what === 'deployments,statefulsets,daemonsets') {
      return list(ofKind(['Deployment', 'StatefulSet'], namespace).map(running))
    }
    const operated = /^(cluster|pooler|prometheus)e?s\./.exec(what)?.[1]
    if (operated !== undefined) return list(ofKind([`${operated[0]?.toUpperCase()}${operated.slice(1)}`]))
    if (what === 'pvc') return list(ofKind(['PersistentVolumeClaim']))
    if (what === 'pv') return list(ofKind(['PersistentVolume']))
    const found =
      what === 'secret' ? find('Secret', args[2] ?? '') : at(what.replace(/^hpa\//, 'HorizontalPodAutoscaler/'))
    if (found === undefined && !args.includes('--ignore-not-found')) throw new Failure(`(NotFound): ${what}`)
    if (found === undefined) return ''
    if (!args.includes('json')) return `${what}\n`
    if (found.kind === 'Job')
      return JSON.stringify({ ...found, status: { conditions: [{ type: 'Complete', status: 'True' }] } })
    return JSON.stringify(['Deployment', 'StatefulSet'].includes(found.kind) ? running(found) : found)
  }

  /** As the controllers do: claims go with their namespace, and of their volumes those that shall. */
  const deleteIn = (namespace: string) => {
    for (const item of ofKind(['PersistentVolumeClaim'], namespace)) items.delete(keyOf(item))
    for (const item of ofKind(['PersistentVolume'])) {
      const { claimRef, persistentVolumeReclaimPolicy } = item.spec as VolumeSpec
      const isGone = persistentVolumeReclaimPolicy === 'Delete' && item.metadata.name !== state.stuckVolume
      if (claimRef.namespace === namespace && isGone) items.delete(keyOf(item))
    }
  }

  const apply = (args: readonly string[], input: string): string => {
    const given = read(input)
    const refused = given.find(({ metadata }) => metadata.name === state.refused)
    // Until it was taken away.
    if (refused !== undefined && items.has(keyOf(refused))) {
      throw new Failure(
        'is invalid: spec: Forbidden: updates to statefulset spec for fields other than template are forbidden',
      )
    }
    if (args.includes('--dry-run=server')) return list(given.map((item) => ({ ...items.get(keyOf(item)), ...item })))
    if (state.webhookFault !== '' && given.some(({ kind }) => kind === 'Deployment')) {
      const fault = state.webhookFault
      state.webhookFault = ''
      throw new Failure(fault)
    }
    given.forEach(put)
    return ''
  }

  const kubectl: Readonly<Record<string, (args: readonly string[], input: string) => string>> = {
    version: () => '{}',
    'api-versions': () => ['v1', 'apps/v1', 'batch/v1', 'autoscaling/v2'].join('\n'),
    kustomize: () => state.overlay,
    get,
    apply,
    create: (_args, input) => {
      read(input).forEach(put)
      return ''
    },
    delete: (args) => {
      for (const place of args) {
        const found = place.includes('/') ? at(place) : undefined
        if (found === undefined) continue
        items.delete(keyOf(found))
        if (found.kind === 'Namespace') deleteIn(found.metadata.name)
      }
      return ''
    },
    rollout: (args) => {
      if (state.broken === '' || !args.some((arg) => arg.endsWith(`/${state.broken}`))) return ''
      throw new Failure(`error: deployment "${state.broken}" exceeded its progress deadline`)
    },
    wait: () => '',
    patch: (args) => {
      const found = at(
        (args[1] ?? '')
          .replace('hpa/', 'HorizontalPodAutoscaler/')
          .replace('pvc/', 'PersistentVolumeClaim/')
          .replace('pv/', 'PersistentVolume/'),
      )
      const patch: unknown = JSON.parse(args[args.indexOf('--patch') + 1] ?? '')
      if (args.includes('--type=json')) {
        for (const { path, value } of patch as { path: string; value: unknown }[]) {
          if (found !== undefined) put({ ...found, [path.slice(1)]: value })
        }
        return ''
      }
      const { spec } = patch as Item
      if (found !== undefined) put({ ...found, spec: { ...found.spec, ...spec } })
      return ''
    },
    exec: () => JSON.stringify({ initialized: !state.isVaultNew }),
    logs: () => 'the last words\n',
  }

  const manifestOf = (name: string) =>
    [deploymentOf(name, state.tag), autoscalerOf(name)].map((item) => JSON.stringify(item)).join('\n---\n')
  const revise = (name: string, manifest: string, status: string) => {
    const history = releases.get(name) ?? []
    const info = { status, last_deployed: new Date().toISOString() }
    releases.set(name, [...history, { name, version: history.length + 1, info, manifest, hooks: [] }])
    if (status === 'deployed') read(manifest).forEach(put)
  }
  const helm: Readonly<Record<string, (args: readonly string[]) => string>> = {
    version: () => '',
    list: (args) => {
      const name = (args[args.indexOf('--filter') + 1] ?? '').replace(/[$^]/g, '')
      return releases.has(name) ? `${name}\n` : ''
    },
    status: ([, name = '']) => JSON.stringify(releases.get(name)?.at(-1)),
    upgrade: (args) => {
      const name = args[2] ?? ''
      const manifest = manifestOf(name)
      if (args.includes('--dry-run=server')) {
        const info = { status: 'pending-upgrade', last_deployed: '' }
        return JSON.stringify({
          name,
          version: 0,
          info,
          manifest,
          hooks: [],
          chart: { metadata: { version: '0.1.0' } },
        })
      }
      revise(name, manifest, name === state.brokenRelease ? 'failed' : 'deployed')
      if (name === state.brokenRelease) throw new Failure('Error: UPGRADE FAILED: timed out')
      return ''
    },
    rollback: ([, name = '', revision]) => {
      revise(name, releases.get(name)?.[Number(revision) - 1]?.manifest ?? '', 'deployed')
      return ''
    },
    uninstall: (args) => {
      for (const name of args) releases.delete(name)
      return ''
    },
  }

  const terraform = makeTestTerraform(state)

  const answer: TestCluster['answer'] = (program, args, input) => {
    const call = [program, ...args].join(' ')
    if (!READS.test(call)) calls.push(call)
    if (args[0] === 'port-forward') return `stay\nForwarding from 127.0.0.1:${port} -> 1\n`
    const verb = args.find((arg) => !arg.startsWith('-')) ?? ''
    if (verb === 'apply' && program === 'terraform' && state.isTerraformSlow) return 'stay\nserver: Creating...\n'
    const commands = { kubectl, helm, terraform }[program]
    if (state.isAway && verb !== 'version') return '1\nThe connection to the server was refused\n'
    try {
      return `0\n${commands?.[verb]?.(args, input) ?? ''}`
    } catch (error) {
      return `1\n${error instanceof Failure ? error.message : (error as Error).stack}\n`
    }
  }
  return Object.assign(state, { calls, find, add: put, answer })
}
