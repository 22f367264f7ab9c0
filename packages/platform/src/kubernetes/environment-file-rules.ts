/*
 * What must be true of several values of an environment's file together. Each rule gets what is left when the values that are
 * wrong by themselves are taken away, so that all faults are told at once and none twice.
 */
import type { CloudSettings, LocalSettings } from './environment-file-schema.ts'

export type Fault = { readonly path: string; readonly problem: string }

type Sound<Value> = Value extends readonly (infer Item)[]
  ? readonly (Sound<Item> | undefined)[]
  : Value extends object
    ? { readonly [Key in keyof Value]?: Sound<Value[Key]> }
    : Value

/** What is sound of a file. */
export type SoundSettings = Sound<
  Omit<LocalSettings, 'provider' | 'hosts' | 'replicas' | 'volumes' | 's3' | 'nodes'> & {
    provider: LocalSettings['provider'] | CloudSettings['provider']
    hosts: LocalSettings['hosts']
    replicas: CloudSettings['replicas']
    volumes: Pick<LocalSettings['volumes'], 'storageClass'>
    nodes: CloudSettings['nodes']
    cloud: CloudSettings['cloud']
    s3: CloudSettings['s3']
  }
>

type Rule = (settings: SoundSettings) => readonly Fault[]

const fault = (path: string, value: unknown, must: string): Fault => ({
  path,
  problem: `${JSON.stringify(value)} ${must}`,
})

const repeated = (values: readonly (string | undefined)[]): number[] =>
  values.flatMap((value, index) => (value !== undefined && values.indexOf(value) < index ? [index] : []))

/** By provider, how it names what it has. */
const CLOUDS = {
  aws: {
    account: { pattern: /^\d{12}$/, must: 'must be an AWS account: 12 digits, in quotation marks' },
    region: { pattern: /^[a-z]{2}(-[a-z]+)+-\d$/, must: 'must be a region of AWS, such as eu-central-1' },
    zone: (region: string) => new RegExp(`^${region}[a-z]$`),
    example: (region: string) => `${region}a`,
  },
  gcp: {
    account: {
      pattern: /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
      must: 'must be a project of Google Cloud, such as neotool-production',
    },
    region: { pattern: /^[a-z]+-[a-z]+\d+$/, must: 'must be a region of Google Cloud, such as europe-west3' },
    zone: (region: string) => new RegExp(`^${region}-[a-z]$`),
    example: (region: string) => `${region}-a`,
  },
  azure: {
    account: {
      pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      must: 'must be a subscription of Azure, such as 00000000-0000-0000-0000-000000000000',
    },
    region: { pattern: /^[a-z]+\d?$/, must: 'must be a region of Azure, such as germanywestcentral' },
    zone: () => /^[1-9]$/,
    example: () => '1',
  },
} as const

const cloudNames: Rule = ({ provider, cloud = {} }) => {
  if (provider === undefined || provider === 'local') return []
  const { account, region } = cloud
  const names = CLOUDS[provider]
  const isRegion = region !== undefined && names.region.pattern.test(region)
  return [
    ...(account !== undefined && !names.account.pattern.test(account)
      ? [fault('cloud.account', account, names.account.must)]
      : []),
    ...(region !== undefined && !isRegion ? [fault('cloud.region', region, names.region.must)] : []),
    ...(cloud.zones ?? []).flatMap((zone, index) =>
      isRegion && zone !== undefined && !names.zone(region).test(zone)
        ? [fault(`cloud.zones.${index}`, zone, `must be a zone of ${region}, such as "${names.example(region)}"`)]
        : [],
    ),
  ]
}

const zones: Rule = ({ cloud: { zones: names = [] } = {} }) =>
  repeated(names).map((index) =>
    fault(`cloud.zones.${index}`, names[index], 'must be another zone than those before it'),
  )

const K3S_PODS = '10.42.0.0/16'
const K3S_SERVICES = '10.43.0.0/16'
const WIDEST_OF_OPERATORS = 16

const numberOf = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

const rangeOf = (network: string): readonly [number, number] => {
  const [address = '', bits = ''] = network.split('/')
  const size = 2 ** (32 - Number(bits))
  const first = Math.floor(numberOf(address) / size) * size
  return [first, first + size - 1]
}

const overlap = (one: string, other: string): boolean => {
  const [first, last] = rangeOf(one)
  const [otherFirst, otherLast] = rangeOf(other)
  return first <= otherLast && otherFirst <= last
}

const networks: Rule = ({ provider, podNetwork, cloud = {} }) => {
  const { network, operators = [] } = cloud
  const isCloud = provider !== undefined && provider !== 'local'
  return [
    ...(isCloud && podNetwork !== undefined && podNetwork !== K3S_PODS
      ? [fault('podNetwork', podNetwork, `must be ${K3S_PODS}, which K3s gives its pods in a cloud`)]
      : []),
    ...(network !== undefined && !network.endsWith('/16')
      ? [fault('cloud.network', network, 'must be a /16, of which the subnets are parts')]
      : []),
    ...(network === undefined ? [] : [K3S_PODS, K3S_SERVICES]).flatMap((taken) =>
      network !== undefined && overlap(network, taken)
        ? [fault('cloud.network', network, `must not overlap with ${taken}, where K3s has its pods or Services`)]
        : [],
    ),
    ...operators.flatMap((each, index) =>
      each !== undefined && Number(each.split('/')[1]) < WIDEST_OF_OPERATORS
        ? [
            fault(
              `cloud.operators.${index}`,
              each,
              `must be /${WIDEST_OF_OPERATORS} or narrower: operators, not everybody`,
            ),
          ]
        : [],
    ),
  ]
}

const hosts: Rule = ({ hosts: given = {} }) => {
  const names = Object.entries(given)
  return repeated(names.map(([, value]) => value)).map((index) => {
    const [name, value] = names[index] ?? []
    return fault(`hosts.${name}`, value, 'must be another host than those before it')
  })
}

const nodes: Rule = ({ provider, nodes: { cpu, memoryGb } = {} }) =>
  provider === undefined || provider === 'local' || cpu === undefined || memoryGb === undefined || memoryGb === cpu * 4
    ? []
    : [fault('nodes.memoryGb', memoryGb, `must be ${cpu * 4}: machines have 4 GB for each of their ${cpu} processors`)]

const scale: Rule = ({ replicas = {} }) =>
  Object.entries(replicas).flatMap(([name, { min, max } = {}]) =>
    min !== undefined && max !== undefined && min > max
      ? [fault(`replicas.${name}.min`, min, `must not be above replicas.${name}.max, which is ${max}`)]
      : [],
  )

/** An object storage as a file system: a database on it loses data (docs/decisions/0003). */
const BULK_CLASS = 'cloudflare-r2'

const storage: Rule = ({ volumes: { storageClass } = {} }) =>
  storageClass === BULK_CLASS
    ? [fault('volumes.storageClass', storageClass, 'must be a class of block volumes: a database on R2 loses data')]
    : []

const buckets: Rule = ({ s3: { buckets: given = {} } = {} }) => {
  const names = Object.entries(given)
  return repeated(names.map(([, value]) => value)).map((index) => {
    const [name, value] = names[index] ?? []
    return fault(`s3.buckets.${name}`, value, 'must be another bucket than those before it')
  })
}

const identityProviders: Rule = ({ identityProviders: given = [] }) => {
  const at = (index: number, key: string) => `identityProviders.${index}.${key}`
  return [
    ...(['id', 'issuer'] as const).flatMap((key) =>
      repeated(given.map((each) => each?.[key])).map((index) =>
        fault(at(index, key), given[index]?.[key], `must be another ${key} than those before it`),
      ),
    ),
    ...given.flatMap((each, index) => {
      const { clientIds, web: { clientId } = {} } = each ?? {}
      if (clientIds === undefined || clientId === undefined || clientIds.includes(clientId)) return []
      return [fault(at(index, 'web.clientId'), clientId, 'must be one of clientIds, or security refuses its tokens')]
    }),
  ]
}

const rules: readonly Rule[] = [cloudNames, zones, networks, hosts, nodes, scale, storage, buckets, identityProviders]

/** All that contradicts something else in a file. */
export const faultsTogether = (settings: SoundSettings): readonly Fault[] => rules.flatMap((rule) => rule(settings))
