import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConnectionTable } from '@neotool/platform/kubernetes/checks/connection-table'
import { findWrongConnections } from '@neotool/platform/kubernetes/checks/connections'
import { readEnvironmentFile } from '@neotool/platform/kubernetes/environment-file'
import type { KubernetesObject } from '@neotool/platform/kubernetes/objects'
import { describe, expect, test } from 'vitest'
import { changed, type Edit, environments, faultsIn, manifests, manifestsOf, without } from './manifests.ts'
import { root } from './root.ts'

const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8')

const faults = async (environment: string, objects: readonly KubernetesObject[], table = page) =>
  faultsIn(await findWrongConnections(objects, readConnectionTable(table, readEnvironmentFile(root, environment).kind)))

test.each(environments)(
  'in %s, the policies allow the table of docs/architecture.md and nothing else',
  async (environment) => {
    expect(await faults(environment, manifestsOf(environment))).toEqual([])
  },
)

describe('a policy beside the table is found:', () => {
  const { local, prod } = manifests

  test('that is gone', async () => {
    const found = await faults('local', without(local, 'NetworkPolicy neotool-web/web'))
    expect(found).toContain(
      'web → gateway:4000/TCP: the table allows it, and the policies do not: egress of the one (connections)',
    )
    expect(found).toContain(
      'traefik → web:3000/TCP: the table allows it, and the policies do not: ingress of the other (connections)',
    )
  })

  test('that denied the rest of a namespace', async () => {
    const found = await faults('local', without(local, 'NetworkPolicy neotool-data/default-deny'))
    expect(found.join('\n')).toContain('traefik → (a stranger in neotool-data):1/TCP: the policies allow it')
  })

  test.each([
    [
      'that has lost a rule',
      'NetworkPolicy neotool-app/security',
      { remove: 'spec/egress/1' },
      / → .*: the table allows it, and the policies do not: egress of the one/,
    ],
    [
      'that lets in one more',
      'NetworkPolicy neotool-messaging/kafka',
      {
        add: 'spec/ingress/0/from',
        value: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'neotool-web' } },
          podSelector: { matchLabels: { 'app.kubernetes.io/name': 'web' } },
        },
      },
      /web → kafka:9092\/TCP: the one may not call, but the other lets it in/,
    ],
    [
      'that lets out to one more',
      'NetworkPolicy neotool-web/gateway',
      {
        add: 'spec/egress',
        value: {
          to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'neotool-data' } } }],
          ports: [{ port: 5432 }],
        },
      },
      /gateway → postgres:5432\/TCP: the one may call, but the other does not let it in/,
    ],
    [
      'that lets pods of any namespace in',
      'NetworkPolicy neotool-web/web',
      { remove: 'spec/ingress/0/from/0/namespaceSelector' },
      /traefik → web:3000\/TCP: the table allows it, and the policies do not/,
    ],
    [
      'that asks for the name alone',
      'NetworkPolicy neotool-web/web',
      { set: 'spec/ingress/0/from/0/namespaceSelector', to: {} },
      /\(traefik in default\) → web:3000\/TCP: the policies allow it, and the table does not/,
    ],
    [
      'that names no port',
      'NetworkPolicy neotool-web/web',
      { remove: 'spec/ingress/0/ports' },
      /traefik → web:1\/TCP: the policies allow it, and the table does not/,
    ],
    [
      'that opens another port',
      'NetworkPolicy neotool-web/web',
      { set: 'spec/ingress/0/ports/0/port', to: 3001 },
      /traefik → web:3000\/TCP: the table allows it, and the policies do not/,
    ],
    [
      'that opens the way to the nodes',
      'NetworkPolicy neotool-app/assistant',
      { add: 'spec/egress', value: { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 443 }] } },
      /assistant → kubernetes:443\/TCP: the policies allow it, and the table does not/,
    ],
    [
      'that opens the way to what a cloud tells its machines',
      'NetworkPolicy neotool-app/assets',
      { add: 'spec/egress', value: { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: [{ port: 80 }] } },
      /assets → \(metadata\):80\/TCP: the policies allow it, and the table does not/,
    ],
    [
      'that lets out to any address what may call the API server',
      'NetworkPolicy neotool-observability/prometheus',
      { add: 'spec/egress', value: { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [{ port: 6443 }] } },
      /prometheus → internet:6443\/TCP: the policies allow it, and the table does not/,
    ],
  ] satisfies [string, string, Edit, RegExp][])('%s', async (_, name, edit, problem) => {
    expect((await faults('local', changed(local, name, edit))).join('\n')).toMatch(problem)
  })

  test('of production, that lets one node of Vault not find the other', async () => {
    const edit = { set: 'spec/egress', to: [] }
    expect((await faults('prod', changed(prod, 'NetworkPolicy neotool-security/vault', edit))).join('\n')).toContain(
      'vault → vault:8201/TCP: the table allows it, and the policies do not',
    )
  })
})

describe('a table beside the policies is found:', () => {
  const { local } = manifests
  const row = '| web | gateway | 4000 | all that the web shows and does | local, prod |'

  test('with a row less', async () => {
    expect(page).toContain(row)
    expect(await faults('local', local, page.replace(`${row}\n`, ''))).toEqual([
      'web → gateway:4000/TCP: the policies allow it, and the table does not (connections)',
    ])
  })

  test('with a row more', async () => {
    const more = '| web | kafka | 9092 | it wants to | local, prod |'
    expect((await faults('local', local, page.replace(row, `${row}\n${more}`))).join()).toContain(
      'web → kafka:9092/TCP',
    )
  })

  test('with pods that there are not', async () => {
    const more = '| webb | kafka | 9092 | it wants to | local, prod |'
    expect((await faults('local', local, page.replace(row, `${row}\n${more}`))).join()).toContain(
      'webb: the table names it, and there are no such pods',
    )
  })

  test.each([
    ['| web | gateway | http | all | local |', '"http" is no port'],
    ['| web | gateway | 4000 | all | staging |', '"staging" is no environment'],
    ['| web | gateway | 4000 | local |', 'has not 5 cells'],
  ])('%s', (other, problem) => {
    expect(() => readConnectionTable(page.replace(row, other), 'local')).toThrow(problem)
  })

  test('that is gone', () => {
    expect(() => readConnectionTable('# Architecture', 'local')).toThrow('there is no such heading')
  })
})
