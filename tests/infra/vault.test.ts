/*
 * A Vault in memory forgets everything with its pod: what it needs comes back by itself. One that keeps what it has is opened
 * by a key service, whose address may ask for one more edge.
 */
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requestsOf } from '@neotool/platform/kubernetes/checks/capacity'
import { readConnectionTable } from '@neotool/platform/kubernetes/checks/connection-table'
import { findWrongConnections } from '@neotool/platform/kubernetes/checks/connections'
import { quantity } from '@neotool/platform/kubernetes/checks/quantity'
import { readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import { workloadsOf } from '@neotool/platform/kubernetes/model'
import { nameOf } from '@neotool/platform/kubernetes/objects'
import { renderKustomization } from '@neotool/platform/kubernetes/render'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { environments, faultsIn, manifests, manifestsOf, named } from './manifests.ts'
import { root } from './root.ts'

const job = z.looseObject({ template: z.unknown() })
const cronJob = z.looseObject({ spec: z.looseObject({ jobTemplate: z.looseObject({ spec: job }) }) })

const isLocal = (environment: string) => readEnvironmentFile(root, environment).kind === 'local'

describe.each(environments.filter(isLocal))('in %s', (environment) => {
  const objects = manifestsOf(environment)

  test('vault-init runs again and again, with the pods of the Job', () => {
    const again = cronJob.parse(named(objects, 'CronJob neotool-security/vault-init'))
    const once = z.looseObject({ spec: job }).parse(named(objects, 'Job neotool-security/vault-init'))
    expect(once.spec.template).toMatchObject({ spec: { containers: [{ name: 'vault-init' }] } })
    expect(again.spec.jobTemplate.spec.template).toEqual(once.spec.template)
    expect(again.spec).toMatchObject({ schedule: '*/2 * * * *', concurrencyPolicy: 'Forbid' })
  })

  test('there is room for it beside the Job and Vault', () => {
    const pods = workloadsOf(objects).filter(({ namespace }) => namespace === 'neotool-security')
    const requests = pods.map(({ pod }) => requestsOf(pod))
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
    expect(pods).toHaveLength(3)
    const { spec } = z
      .looseObject({ spec: z.looseObject({ hard: z.record(z.string(), z.string()) }) })
      .parse(named(objects, 'ResourceQuota neotool-security/quota'))
    expect(sum(requests.map(({ cores }) => cores))).toBeLessThanOrEqual(quantity(spec.hard['requests.cpu'] ?? 0))
    expect(sum(requests.map(({ bytes }) => bytes))).toBeLessThanOrEqual(quantity(spec.hard['requests.memory'] ?? 0))
    expect(pods.length).toBeLessThanOrEqual(Number(spec.hard.pods))
  })
})

test.each(environments.filter((environment) => !isLocal(environment)))(
  'in %s, where Vault keeps what it has and its root token is gone, it runs with a deployment alone',
  (environment) => {
    const names = manifestsOf(environment).filter(({ metadata }) => metadata.name === 'vault-init')
    expect(names.map(({ kind }) => kind)).toContain('Job')
    expect(names.map(({ kind }) => kind)).not.toContain('CronJob')
  },
)

describe('the lines of infra/kubernetes/README.md for another key service', () => {
  const readme = readFileSync(join(root, 'infra/kubernetes/README.md'), 'utf8')
  const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const lines = /```yaml\n(- op: add\n {2}path: \/spec\/egress[^`]+)```/.exec(readme)?.[1] ?? ''
  const [row = ''] = /\| vault \| \(metadata\) [^`]+\|/.exec(readme) ?? []
  let copy: string

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'neotool-seal-'))
    for (const path of ['infra/kubernetes', 'infra/helm', 'contracts', 'gateway/apollo-router'])
      await cp(join(root, path), join(copy, path), { recursive: true })
  })
  afterAll(() => rm(copy, { recursive: true, force: true }))

  /** Production with these lines at the end of Vault's patch. */
  const productionWith = async (added: string) => {
    const overlay = join(copy, 'infra/kubernetes/overlays/prod')
    const file = join(overlay, 'security/network-policy-vault.yaml')
    const before = await readFile(file, 'utf8')
    await writeFile(file, before + added)
    const policy = named(await renderKustomization(overlay), 'NetworkPolicy neotool-security/vault')
    await writeFile(file, before)
    return manifests.prod.map((object) => (nameOf(object) === nameOf(policy) ? policy : object))
  }
  const faultsWith = async (added: string, table: string) =>
    faultsIn(await findWrongConnections(await productionWith(added), readConnectionTable(table, 'prod')))

  test('lead to a private address, about which the table says nothing', async () => {
    const policy = named(await productionWith(lines), 'NetworkPolicy neotool-security/vault')
    expect(
      z
        .looseObject({ spec: z.looseObject({ egress: z.array(z.unknown()) }) })
        .parse(policy)
        .spec.egress.at(-1),
    ).toEqual({ to: [{ ipBlock: { cidr: '10.20.0.5/32' } }], ports: [{ port: 443, protocol: 'TCP' }] })
    expect(await faultsWith(lines, page)).toEqual([])
  })

  test('lead to a machine’s identity, for which the table has the row', async () => {
    const withRow = page.replace('| vault | internet |', `${row}\n| vault | internet |`)
    const toMachine = lines.replace(/cidr: [^ ]+/, 'cidr: 169.254.169.254/32').replace('443', '80')
    expect(await faultsWith(toMachine, withRow)).toEqual([])
    expect(await faultsWith('', withRow)).toEqual([
      'vault → (metadata):80/TCP: the table allows it, and the policies do not: egress of the one (connections)',
    ])
  })
})
