import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PlatformError } from '../failure.ts'
import { edited, faultsOf, textOf } from './environment-file.fixture.ts'
import { allEnvironmentNames, environmentNames, readEnvironmentFile } from './environment-file.ts'

test.each([
  ['', 'null must hold provider'],
  ['- local', '["local"] must hold provider'],
  ['provider: local\nprovider: aws', 'Map keys must be unique'],
  ['hosts: {', 'must'],
])('what is no such file at all is said: %j', (text, fault) => {
  expect(faultsOf(text).join('\n')).toContain(fault)
})

describe('in a checkout', () => {
  let root = ''
  const write = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'neotool-environments-'))
    write('infra/environments/prod.yaml', textOf('prod'))
    write('infra/environments/local.yaml', textOf('local'))
    write('infra/environments/README.md', '')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  test('every file is an environment', () => {
    write('infra/environments/staging.yaml', textOf('prod'))
    expect(environmentNames(root)).toEqual(['local', 'prod', 'staging'])
    expect(readEnvironmentFile(root, 'staging')).toMatchObject({
      name: 'staging',
      kind: 'prod',
      places: { overlay: 'infra/kubernetes/overlays/staging', terraform: 'infra/terraform/environments/staging' },
    })
  })

  test('the one of the cluster tests is in their folder, and found by its name or path', () => {
    expect(allEnvironmentNames(root)).toEqual(['local', 'prod'])
    write('tests/cluster/environment.yaml', textOf('local'))
    expect(allEnvironmentNames(root)).toEqual(['local', 'prod', 'cluster-test'])
    const found = readEnvironmentFile(root, 'cluster-test')
    expect(found).toMatchObject({ kind: 'local', places: { overlay: 'tests/cluster/overlay' } })
    expect(found.places).not.toHaveProperty('terraform')
    expect(readEnvironmentFile(root, 'tests/cluster/environment.yaml')).toEqual(found)
    expect(readEnvironmentFile(root, join(root, 'infra/environments/prod.yaml')).name).toBe('prod')
  })

  test.each(['staging', '../prod', 'Prod', ''])('%j is no environment', (name) => {
    expect(() => readEnvironmentFile(root, name)).toThrow(`There is no environment "${name}"`)
  })

  test('a name that fourteen letters have, as Terraform takes it', () => {
    write('infra/environments/name-of-14-yes.yaml', textOf('prod'))
    expect(readEnvironmentFile(root, 'name-of-14-yes').name).toBe('name-of-14-yes')
  })

  test.each(['name-of-fifteen', 'ends-', '1st', 'Capital'])('a name that machines cannot have: %s', (name) => {
    write(`infra/environments/${name}.yaml`, textOf('prod'))
    expect(() => readEnvironmentFile(root, name)).toThrow(
      `An environment cannot be called "${name}", as infra/environments/${name}.yaml says.`,
    )
  })

  test('a wrong file fails with every fault', () => {
    write('infra/environments/prod.yaml', edited('prod', { 'hosts.web': 1, 'hosts.api': 2 }))
    const failure = (() => {
      try {
        return readEnvironmentFile(root, 'prod')
      } catch (error) {
        return error
      }
    })()
    if (!(failure instanceof PlatformError)) throw new Error('It did not fail.')
    expect(failure.message).toBe('infra/environments/prod.yaml has 2 faults.')
    expect(failure.logLines).toEqual([
      expect.stringMatching(/^hosts\.web: 1 must be a host name/),
      expect.stringMatching(/^hosts\.api: 2 must be a host name/),
    ])
  })
})
