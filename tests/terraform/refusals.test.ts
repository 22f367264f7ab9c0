/** A wrong value is refused with a message that says which value is wrong, and what would be right. */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runTests } from '@neotool/platform/terraform/checks'
import { terraformWith } from '@neotool/platform/terraform/program'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { copyOf } from './tree.ts'

const terraform = terraformWith(inject('configuration'))
const infra = inject('infra')

/** A value as Terraform writes it, and a part of the answer. */
type Refusal = readonly [variable: string, value: string, message: string]

const network: readonly Refusal[] = [
  ['name', '"Neotool"', 'name must be 3 to 22 small letters, digits and hyphens'],
  ['zones', '{ a = "one", b = "two" }', 'zones must have exactly the keys a, b and c; got a, b.'],
  ['zones', '{ a = "one", b = "one", c = "two" }', 'zones must be three different ones; got one, one, two.'],
  ['network_cidr', '"10.20.0.0/24"', 'network_cidr must be an IPv4 network with 16 bits'],
  ['network_cidr', '"ten"', 'network_cidr must be an IPv4 network with 16 bits, as 10.20.0.0/16; got "ten".'],
  ['network_cidr', '"10.42.0.0/16"', 'which K3s uses for pods and Services'],
  ['operator_cidrs', '[]', 'operator_cidrs must name at least one network'],
  ['operator_cidrs', '["0.0.0.0/0"]', 'the Kubernetes API is for operators, not for the internet'],
  ['operator_cidrs', '["somewhere"]', 'operator_cidrs must name at least one network'],
]

const ofRegion: readonly Refusal[] = [
  ['zones', '{ a = "moon-1a", b = "moon-1b", c = "moon-1c" }', 'zones must be of the region'],
]

const machines: readonly Refusal[] = [
  ['name', '"x"', 'name must be 3 to 22 small letters, digits and hyphens'],
  ['agents', '{}', 'agents must name at least one'],
  ['agents', '{ worker = { zone = "a" } }', 'agents must be named agent-…'],
  ['agents', '{ agent-01 = { zone = "d" } }', 'agents must be in zone a, b or c; got agent-01: d.'],
  ['node', '{ cpu = 4, memory_gb = 16 }', 'node must have 8 CPU and 32 GB or 16 CPU and 64 GB; got 4 CPU and 16 GB.'],
  ['node', '{ disk_gb = 20 }', 'node.disk_gb must be 50 to 1000: images and logs take 30; got 20.'],
  ['k3s_version', '"v1.30.0+k3s1"', 'k3s_version must be a release of 1.33'],
  ['acme', '{ email = "nobody" }', 'acme.email must be a mail address; got "nobody".'],
]

const buckets = (changes: string) =>
  `{ assets = { name = "assets" }, public = { name = "public", public = true }, backups = { name = "backups" }, bulk = { name = "bulk" }, ${changes} }`

const refusals: Readonly<Record<string, readonly Refusal[]>> = {
  'modules/networking/aws': [...network, ...ofRegion],
  'modules/networking/gcp': [...network, ...ofRegion],
  'modules/networking/azure': network,
  'modules/k3s/aws': machines,
  'modules/k3s/gcp': machines,
  'modules/k3s/azure': machines,
  'modules/k3s/cluster': [
    ['servers', '{ a = { address = "10.0.0.1", zone = "a" } }', 'servers must be three: etcd lives on as long as two'],
    ['agents', '{ server-a = { zone = "a" } }', 'agents must not have the name of a server: server-a.'],
    ['kubernetes_api', '"api.example.org"', 'kubernetes_api must be https://host:6443; got "api.example.org".'],
    ['k3s_version', '"latest"', 'k3s_version must be a release of 1.33, as v1.33.6+k3s1'],
    [
      'snapshots',
      '{ endpoint = "https://s3", region = "r", bucket = "b", folder = "f", access_key_id = "i", secret_access_key = "k" }',
      'snapshots.endpoint must be a host without https:// and path.',
    ],
    [
      'remote_manifests',
      '{ one = "https://example.org/main.yaml" }',
      'remote_manifests must name an exact version each',
    ],
  ],
  'modules/k3s/local': [
    ['name', '"-"', 'name must be 3 to 22 small letters, digits and hyphens'],
    ['k3s_version', '"v2"', 'k3s_version must be a release of 1.33'],
    ['kubeconfig_path', '"k3s.yaml"', 'kubeconfig_path must begin with a slash; got "k3s.yaml".'],
  ],
  'modules/storage/classes': [
    ['cloud', '"moon"', 'cloud must be local, aws, gcp or azure; got "moon".'],
    ['cloud', '"aws"', 'region must be named for a cloud, and left out for local; got "" for aws.'],
  ],
  'modules/storage/r2': [
    ['account_id', '"mine"', 'account_id must be 32 hexadecimal digits; got "mine".'],
    ['buckets', '{ assets = { name = "assets" } }', 'buckets must have assets, public, backups and bulk; got assets.'],
    ['buckets', buckets('bulk = { name = "A_B" }'), 'buckets must be named by 3 to 63 small letters'],
    ['buckets', buckets('bulk = { name = "assets" }'), 'buckets must have a name each of its own'],
    ['buckets', buckets('bulk = { name = "bulk", public = true }'), 'assets, backups and bulk must not be public'],
    [
      'buckets',
      buckets('backups = { name = "backups", expire_days = 3 }'),
      'expire_days must be 0, for ever, or at least 14',
    ],
    ['allowed_origins', '["http://neotool.example/"]', 'allowed_origins must be https:// and a host, without a path'],
    ['bulk_class', '"provisioner: other"', 'bulk_class must have the provisioner ru.yandex.s3.csi'],
  ],
  'environments/prod': [
    ['nodes', '3', 'nodes must be a whole number from 4 (three servers and an agent) to 60; got 3.'],
    ['nodes', '4.5', 'nodes must be a whole number'],
  ],
}

/** What a test file says before its first run: mocks, and values that are right. */
const beginningOf = (text: string): string => text.slice(0, text.search(/^run "/m))

const runOf = ([variable, value]: Refusal): string =>
  `run "refused" {\n  command = plan\n\n  variables {\n    ${variable} = ${value}\n  }\n}\n`

/** Tries all wrong values of a directory, each in a file of its own: after a run that fails Terraform skips those behind it. */
const answersOf = async (name: string, list: readonly Refusal[]): Promise<string[]> => {
  await using copy = await copyOf(infra)
  const tests = join(copy.terraform, name, 'tests')
  const [file = ''] = await readdir(tests)
  const beginning = beginningOf(await readFile(join(tests, file), 'utf8'))
  await rm(join(tests, file))
  await Promise.all(
    list.map((refusal, index) => writeFile(join(tests, `${index}.tftest.hcl`), `${beginning}${runOf(refusal)}`)),
  )
  const { failed, problems } = await runTests(terraform, join(copy.terraform, name))
  expect(failed).toBe(list.length)
  return list.map((_, index) =>
    problems
      .filter((problem) => problem.file === `tests/${index}.tftest.hcl`)
      .map(({ text }) => text.replace(/\s+/g, ' '))
      .join(' '),
  )
}

describe.each(Object.entries(refusals))('%s', (name, list) => {
  let answers: string[] = []

  beforeAll(async () => {
    answers = await answersOf(name, list)
  })

  test.each(list.map(([variable, value, message], index) => ({ variable, value, message, index })))(
    '$variable = $value',
    ({ index, message }) => {
      expect(answers[index]).toContain(message)
    },
  )
})
