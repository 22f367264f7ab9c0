/*
 * What an environment's file may say, value by value; environment-file-rules.ts has what is true of several together. There are
 * two shapes, because a machine of one's own has no zones and a cloud has no MinIO: `provider` says which it is.
 */
import { z } from 'zod'

export const PROVIDERS = ['local', 'aws', 'gcp', 'azure'] as const

/** A text of a shape; `must` says which. */
const text = (pattern: RegExp, must: string) => z.string({ error: must }).regex(pattern, must)

const count = (least: number, most: number, must = `must be a whole number from ${least} to ${most}`) =>
  z.int({ error: must }).min(least, must).max(most, must)

const oneOf = <const Value extends number>(values: readonly Value[]) =>
  z.literal(values, { error: `must be one of ${values.join(', ')}` })

const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, { error: `must hold ${Object.keys(shape).join(', ')}` })

const list = <Item extends z.ZodType>(item: Item, must: string, least = 0) =>
  z.array(item, { error: must }).min(least, must)

const host = text(
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
  'must be a host name in small letters, without scheme, port and path, such as api.neotool.example',
)
const octet = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const network = text(
  new RegExp(`^${octet}(\\.${octet}){3}/(3[0-2]|[12]?\\d)$`),
  'must be an IPv4 network, such as 10.42.0.0/16',
)
const label = text(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'must be a name of small letters, digits and dashes')
const size = text(/^[1-9]\d{0,4}Gi$/, 'must be a size in Gi, such as 10Gi')
const bucket = text(
  /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/,
  'must be the name of a bucket: 3 to 63 of small letters, digits and dashes',
)
const email = '[^\\s<>@]+@[^\\s<>@]+\\.[^\\s<>@]+'
/** R2 has buckets apart from all others for those who must keep them in one part of the world. */
const OF_JURISDICTION = /\.(eu|fedramp)\.r2\./
const s3Region = text(/^[a-z0-9-]+$/, 'must be a region of the object storage, such as us-east-1')
const replicas = (most: number) => section({ min: count(1, most), max: count(1, most) })
const clientId = text(/^\S+$/, 'must be a client id, as the provider has given it')

/** An OpenID Connect provider, and what Neotool is called there. */
const identityProvider = section({
  id: text(/^[a-z][a-z0-9-]{0,31}$/, 'must be 1 to 32 of small letters, digits and dashes, beginning with a letter'),
  name: text(/\S/, 'must be a name for people, such as Google'),
  issuer: text(/^https:\/\/[^/\s]+\S*$/, "must be the provider's issuer, https://…"),
  clientIds: list(clientId, 'must be a list of client ids: of the web, of each mobile app', 1),
  web: section({
    clientId,
    hasSecret: z.boolean({ error: 'must be true (the Secret web-settings holds it) or false (PKCE alone)' }),
  }),
})

const common = {
  podNetwork: network,
  mail: section({
    from: text(
      new RegExp(`^([^<>]*\\S <${email}>|${email})$`),
      'must be an address to send from, such as Neotool <no-reply@neotool.example>',
    ),
  }),
  identityProviders: list(identityProvider, 'must be a list of identity providers, [] for none'),
} as const

/** One node that somebody has already. */
export const localShape = section({
  provider: z.literal('local'),
  hosts: section({ web: host, api: host, files: host }),
  nodes: section({
    count: count(1, 1, 'must be 1: the local overlay is made for one node'),
    cpu: count(1, 256),
    memoryGb: count(1, 4096),
  }),
  replicas: section({ services: replicas(100) }),
  volumes: section({
    storageClass: label,
    sizes: section({ postgres: size, kafka: size, minio: size, prometheus: size, loki: size }),
  }),
  s3: section({ region: s3Region, bucket }),
  ...common,
})

/** Machines that Terraform makes. */
export const cloudShape = section({
  provider: z.enum(['aws', 'gcp', 'azure'], { error: `must be one of ${PROVIDERS.join(', ')}` }),
  cloud: section({
    account: text(/^\S+$/, "must be the provider's id of the account, as text: in quotation marks"),
    region: text(/^[a-z0-9-]+$/, "must be a region by the provider's name"),
    zones: list(text(/^[a-z0-9-]+$/, 'must be a zone, as text'), 'must be a list of three zones', 3).max(
      3,
      'must be a list of three zones',
    ),
    network,
    operators: list(network, 'must be a list of networks, one at the least', 1),
  }),
  hosts: section({ web: host, api: host }),
  tls: section({
    issuer: z.literal('letsencrypt', { error: 'must be letsencrypt: Terraform makes that ClusterIssuer and no other' }),
    email: text(new RegExp(`^${email}$`), 'must be an e-mail address, which the issuer warns'),
  }),
  nodes: section({
    count: count(4, 60, 'must be from 4 to 60: three run Kubernetes itself, and one of all may be lost'),
    cpu: oneOf([8, 16]),
    memoryGb: oneOf([32, 64]),
    diskGb: count(50, 1000),
  }),
  replicas: section({ services: replicas(100), web: replicas(100), gateway: replicas(100) }),
  volumes: section({
    storageClass: z.literal('neotool-block', {
      error: 'must be neotool-block, the class over block volumes that Terraform makes: a database on R2 loses data',
    }),
    sizes: section({ postgres: size, postgresWal: size, kafka: size, vault: size, prometheus: size, loki: size }),
  }),
  s3: section({
    endpoint: text(
      /^https:\/\/[0-9a-f]{32}(\.(eu|fedramp))?\.r2\.cloudflarestorage\.com$/,
      'must be the S3 address of Cloudflare R2, https://ACCOUNT.r2.cloudflarestorage.com, where ACCOUNT is 32 hexadecimal digits',
    ).refine(
      (address) => !OF_JURISDICTION.test(address),
      'must be without .eu or .fedramp: Terraform makes buckets and keys in the default jurisdiction, which another address does not have',
    ),
    region: s3Region,
    buckets: section({ assets: bucket, public: bucket, backups: bucket, bulk: bucket }),
  }),
  ...common,
})

export type LocalSettings = z.output<typeof localShape>
export type CloudSettings = z.output<typeof cloudShape>
export type IdentityProviderSettings = z.output<typeof identityProvider>
