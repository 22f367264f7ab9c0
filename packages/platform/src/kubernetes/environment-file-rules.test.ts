import { describe, expect, test } from 'vitest'
import { type Edits, edited, faultsOf, textOf } from './environment-file.fixture.ts'

const google = {
  id: 'google',
  name: 'Google',
  issuer: 'https://accounts.google.com',
  clientIds: ['web.example', 'phone.example'],
  web: { clientId: 'web.example', hasSecret: true },
}

test.each(['local', 'prod'])('%s.yaml has no fault', (name) => {
  expect(faultsOf(textOf(name))).toEqual([])
})

describe('a value that is wrong by itself is found:', () => {
  test.each<[string, string, Edits, string]>([
    [
      'a scheme',
      'prod',
      { 'hosts.api': 'http://x' },
      'hosts.api: "http://x" must be a host name in small letters, without scheme',
    ],
    ['a port', 'local', { 'hosts.web': 'neotool.local:80' }, 'hosts.web: "neotool.local:80" must be a host name'],
    ['a name of one word', 'local', { 'hosts.web': 'neotool' }, 'hosts.web: "neotool" must be a host name'],
    ['an unknown provider', 'prod', { provider: 'ovh' }, 'provider: "ovh" must be one of local, aws, gcp, azure'],
    [
      'a number for an account',
      'prod',
      { 'cloud.account': 123456789012 },
      "cloud.account: 123456789012 must be the provider's id of the account, as text",
    ],
    [
      'two zones',
      'prod',
      { 'cloud.zones': ['eu-central-1a', 'eu-central-1b'] },
      'cloud.zones: ["eu-central-1a","eu-central-1b"] must be a list of three zones',
    ],
    [
      'no operators',
      'prod',
      { 'cloud.operators': [] },
      'cloud.operators: [] must be a list of networks, one at the least',
    ],
    [
      'an address for a network',
      'prod',
      { 'cloud.network': '10.20.0.0' },
      'cloud.network: "10.20.0.0" must be an IPv4 network',
    ],
    [
      'no address at all',
      'local',
      { podNetwork: '10.42.0.300/16' },
      'podNetwork: "10.42.0.300/16" must be an IPv4 network',
    ],
    ['no TLS in a cloud', 'prod', { tls: undefined }, 'tls: is missing: it must hold issuer, email'],
    ['no issuer', 'prod', { 'tls.issuer': undefined }, 'tls.issuer: is missing: it must be letsencrypt'],
    [
      'an issuer that nobody makes',
      'prod',
      { 'tls.issuer': 'zerossl' },
      'tls.issuer: "zerossl" must be letsencrypt: Terraform makes that ClusterIssuer and no other',
    ],
    [
      'a class that nobody makes',
      'prod',
      { 'volumes.storageClass': 'gp3' },
      'volumes.storageClass: "gp3" must be neotool-block, the class over block volumes that Terraform makes',
    ],
    [
      'a database on R2',
      'prod',
      { 'volumes.storageClass': 'cloudflare-r2' },
      'volumes.storageClass: "cloudflare-r2" must be neotool-block',
    ],
    [
      'a database on R2, locally',
      'local',
      { 'volumes.storageClass': 'cloudflare-r2' },
      'volumes.storageClass: "cloudflare-r2" must be a class of block volumes',
    ],
    ['nobody to warn', 'prod', { 'tls.email': 'platform' }, 'tls.email: "platform" must be an e-mail address'],
    ['too few nodes', 'prod', { 'nodes.count': 3 }, 'nodes.count: 3 must be from 4 to 60'],
    ['more nodes than Terraform makes', 'prod', { 'nodes.count': 61 }, 'nodes.count: 61 must be from 4 to 60'],
    [
      'several nodes of one',
      'local',
      { 'nodes.count': 2 },
      'nodes.count: 2 must be 1: the local overlay is made for one node',
    ],
    ['a machine that is not made', 'prod', { 'nodes.cpu': 6 }, 'nodes.cpu: 6 must be one of 8, 16'],
    ['a small disk', 'prod', { 'nodes.diskGb': 20 }, 'nodes.diskGb: 20 must be a whole number from 50 to 1000'],
    [
      'half a replica',
      'prod',
      { 'replicas.services.min': 1.5 },
      'replicas.services.min: 1.5 must be a whole number from 1 to 100',
    ],
    [
      'no replica',
      'local',
      { 'replicas.services.min': 0 },
      'replicas.services.min: 0 must be a whole number from 1 to 100',
    ],
    ['a size without unit', 'prod', { 'volumes.sizes.kafka': 100 }, 'volumes.sizes.kafka: 100 must be a size in Gi'],
    [
      'a size without unit, as text',
      'prod',
      { 'volumes.sizes.kafka': '100' },
      'volumes.sizes.kafka: "100" must be a size in Gi',
    ],
    [
      'a size that is missing',
      'prod',
      { 'volumes.sizes.vault': undefined },
      'volumes.sizes.vault: is missing: it must be a size in Gi',
    ],
    [
      'a sender without address',
      'local',
      { 'mail.from': 'Neotool' },
      'mail.from: "Neotool" must be an address to send from',
    ],
    [
      'R2 without its address',
      'prod',
      { 's3.endpoint': undefined },
      's3.endpoint: is missing: it must be the S3 address of Cloudflare R2',
    ],
    [
      'R2 elsewhere',
      'prod',
      { 's3.endpoint': 'https://s3.amazonaws.com' },
      's3.endpoint: "https://s3.amazonaws.com" must be the S3 address of Cloudflare R2',
    ],
    [
      'a place of R2 that there is not',
      'prod',
      { 's3.endpoint': `https://${'0'.repeat(32)}.us.r2.cloudflarestorage.com` },
      's3.endpoint: "https://00000000000000000000000000000000.us.r2',
    ],
    ...['eu', 'fedramp'].map((place): [string, string, Edits, string] => [
      `R2 in the jurisdiction ${place}`,
      'prod',
      { 's3.endpoint': `https://${'0'.repeat(32)}.${place}.r2.cloudflarestorage.com` },
      `${place}.r2.cloudflarestorage.com" must be without .eu or .fedramp: Terraform makes buckets`,
    ]),
    [
      'a bucket with capitals',
      'local',
      { 's3.bucket': 'Neotool' },
      's3.bucket: "Neotool" must be the name of a bucket',
    ],
    [
      'an issuer over plain HTTP',
      'prod',
      { identityProviders: [{ ...google, issuer: 'http://google.com' }] },
      'identityProviders.0.issuer: "http://google.com" must be the provider\'s issuer, https://',
    ],
    [
      'a provider without clients',
      'prod',
      { identityProviders: [{ ...google, clientIds: [] }] },
      'identityProviders.0.clientIds: [] must be a list of client ids',
    ],
    ['a text for a section', 'prod', { hosts: 'neotool.example' }, 'hosts: "neotool.example" must hold web, api'],
  ])('%s', (_, name, edits, fault) => {
    expect(faultsOf(edited(name, edits))).toEqual([expect.stringContaining(fault)])
  })
})

describe('a value that nobody knows is refused:', () => {
  test.each<[string, Edits, string]>([
    ['local', { 'hosts.apis': 'a.b' }, 'hosts.apis: there is no such value; did you mean api?'],
    [
      'prod',
      { 'volumes.sizes.postgress': '1Gi' },
      'volumes.sizes.postgress: there is no such value; did you mean postgres?',
    ],
    ['prod', { domain: 'a.b' }, 'domain: there is no such value; there is provider, cloud, hosts, tls'],
    [
      'prod',
      { identityProviders: [{ ...google, clientID: 'a' }] },
      'identityProviders.0.clientID: there is no such value; did you mean clientIds?',
    ],
    ['local', { tls: { issuer: 'letsencrypt' } }, 'tls: is for a cloud alone: take it away'],
    ['prod', { 'hosts.files': 'files.neotool.example' }, 'hosts.files: is for provider: local alone: take it away'],
    ['local', { 'replicas.odd': null }, 'replicas.odd: there is no such value; there is services'],
  ])('in %s, %o', (name, edits, fault) => {
    expect(faultsOf(edited(name, edits))).toEqual([expect.stringContaining(fault)])
  })
})

describe('what contradicts something else is found:', () => {
  const gcp = {
    provider: 'gcp',
    'cloud.account': 'neotool-1',
    'cloud.region': 'europe-west3',
    'cloud.zones': ['europe-west3-a', 'europe-west3-b', 'europe-west3-c'],
  }
  const azure = {
    provider: 'azure',
    'cloud.account': '11111111-2222-3333-4444-555555555555',
    'cloud.region': 'germanywestcentral',
    'cloud.zones': ['1', '2', '3'],
  }
  const at = { issuer: 'https://other.example', id: 'other' }

  test.each<[string, Edits]>([
    ['gcp', gcp],
    ['azure', azure],
  ])('not in a sound file for %s', (_, edits) => {
    expect(faultsOf(edited('prod', edits))).toEqual([])
  })

  test.each<[Edits, string]>([
    [{ 'cloud.account': '1234' }, 'cloud.account: "1234" must be an AWS account: 12 digits'],
    [{ ...gcp, 'cloud.account': 'N' }, 'cloud.account: "N" must be a project of Google Cloud'],
    [{ ...azure, 'cloud.account': 'neotool' }, 'cloud.account: "neotool" must be a subscription of Azure'],
    [{ 'cloud.region': 'europe-west3' }, 'cloud.region: "europe-west3" must be a region of AWS'],
    [{ ...gcp, 'cloud.region': 'eu-central-1' }, 'cloud.region: "eu-central-1" must be a region of Google Cloud'],
    [{ ...azure, 'cloud.region': 'eu-central-1' }, 'cloud.region: "eu-central-1" must be a region of Azure'],
    [
      { 'cloud.zones.1': 'us-east-1b' },
      'cloud.zones.1: "us-east-1b" must be a zone of eu-central-1, such as "eu-central-1a"',
    ],
    [{ 'cloud.zones.1': 'eu-central-1a' }, 'cloud.zones.1: "eu-central-1a" must be another zone'],
    [{ podNetwork: '10.50.0.0/16' }, 'podNetwork: "10.50.0.0/16" must be 10.42.0.0/16'],
    [{ 'cloud.network': '10.20.0.0/20' }, 'cloud.network: "10.20.0.0/20" must be a /16'],
    [{ 'cloud.network': '10.42.0.0/16' }, 'cloud.network: "10.42.0.0/16" must not overlap with 10.42.0.0/16'],
    [{ 'cloud.network': '10.43.7.0/16' }, 'cloud.network: "10.43.7.0/16" must not overlap with 10.43.0.0/16'],
    [{ 'cloud.operators.0': '0.0.0.0/0' }, 'cloud.operators.0: "0.0.0.0/0" must be /16 or narrower'],
    [{ 'cloud.operators.0': '203.0.0.0/15' }, 'cloud.operators.0: "203.0.0.0/15" must be /16 or narrower'],
    [{ 'hosts.api': 'neotool.example' }, 'hosts.api: "neotool.example" must be another host'],
    [{ 'nodes.memoryGb': 64 }, 'nodes.memoryGb: 64 must be 32: machines have 4 GB for each of their 8 processors'],
    [{ 'replicas.services.min': 60 }, 'replicas.services.min: 60 must not be above replicas.services.max, which is 50'],
    [{ 'replicas.web.max': 2 }, 'replicas.web.min: 3 must not be above replicas.web.max, which is 2'],
    [{ 's3.buckets.public': 'neotool-assets' }, 's3.buckets.public: "neotool-assets" must be another bucket'],
    [
      { identityProviders: [google, { ...google, issuer: at.issuer }] },
      'identityProviders.1.id: "google" must be another id',
    ],
    [
      { identityProviders: [google, { ...google, id: at.id }] },
      'identityProviders.1.issuer: "https://accounts.google.com" must be another issuer',
    ],
    [
      { identityProviders: [{ ...google, web: { clientId: 'x', hasSecret: true } }] },
      'identityProviders.0.web.clientId: "x" must be one of clientIds',
    ],
  ])('%o', (edits, fault) => {
    expect(faultsOf(edited('prod', edits))).toEqual([expect.stringContaining(fault)])
  })
})

test('all faults are told at once, of one value, of several together and of names', () => {
  const faults = faultsOf(
    edited('prod', {
      'hosts.web': 'https://neotool.example',
      'nodes.count': 1,
      tls: undefined,
      's3.endpoint': undefined,
      'volumes.storageClass': 'cloudflare-r2',
      'volumes.sizes.kafk': '1Gi',
      'replicas.gateway.min': 11,
      'cloud.account': '1',
      'cloud.zones.2': 'eu-central-1a',
    }),
  )
  expect(faults.map((fault) => fault.split(':')[0]).toSorted()).toEqual([
    'cloud.account',
    'cloud.zones.2',
    'hosts.web',
    'nodes.count',
    'replicas.gateway.min',
    's3.endpoint',
    'tls',
    'volumes.sizes.kafk',
    'volumes.storageClass',
  ])
})
