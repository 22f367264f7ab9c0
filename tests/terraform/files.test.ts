import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { providerVersions } from '@neotool/platform/binaries/terraform-providers'
import { findIdleExceptions, parseExceptions, unexcused } from '@neotool/platform/kubernetes/checks/exceptions'
import { inWords } from '@neotool/platform/kubernetes/checks/finding'
import {
  findLint,
  findOldDocs,
  findUnformatted,
  interfaceOf,
  runCheckovOnTerraform,
} from '@neotool/platform/terraform/checks'
import { terraformWith } from '@neotool/platform/terraform/program'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { terraformRoot } from './tree.ts'

const modules = inject('modules')
const clouds = ['aws', 'azure', 'gcp']

test('terraform fmt: every file is formatted', async () => {
  expect(await findUnformatted(terraformWith(inject('configuration')), terraformRoot)).toEqual([])
})

describe.each(modules)('%s', (name) => {
  const directory = join(terraformRoot, name)

  test('TFLint finds nothing', async () => {
    expect(await findLint(terraformRoot, directory)).toEqual([])
  })

  test('its README has its inputs and outputs', async () => {
    expect(await findOldDocs(terraformRoot, directory)).toEqual([])
  })

  test('it has the files that everybody looks for, and tests', async () => {
    const files = ['main.tf', 'variables.tf', 'outputs.tf', 'versions.tf', 'README.md', 'tests']
    expect(files.filter((file) => !existsSync(join(directory, file)))).toEqual([])
  })

  test('it has at most twelve inputs', async () => {
    expect((await interfaceOf(directory)).inputs.length).toBeLessThanOrEqual(12)
  })

  test('it counts nothing by its place in a list, and takes exact versions', async () => {
    const files = (await readdir(directory)).filter((file) => file.endsWith('.tf'))
    const text = (await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')))).join('\n')
    expect(text).not.toMatch(/^\s*count\s*=/m)
    for (const [, source = '', version] of text.matchAll(/source\s*=\s*"(\w+\/\w+)"\s*version\s*=\s*"([^"]+)"/g)) {
      expect(`${source} ${version}`).toBe(`${source} ${providerVersions.get(source)}`)
    }
  })
})

describe.each(['networking', 'k3s'])('clouds behind one interface: %s', (part) => {
  test('inputs and outputs are the same', async () => {
    const interfaces = await Promise.all(
      clouds.map((cloud) => interfaceOf(join(terraformRoot, 'modules', part, cloud))),
    )
    for (const other of interfaces) expect(other).toEqual(interfaces[0])
  })
})

test('a lock file is in no directory', async () => {
  const files = await readdir(terraformRoot, { recursive: true })
  expect(files.filter((file) => file.endsWith('.terraform.lock.hcl') && !file.includes('.terraform/'))).toEqual([])
  expect(await readFile(join(terraformRoot, '.gitignore'), 'utf8')).toContain('.terraform.lock.hcl')
})

describe('Checkov', () => {
  let found: Awaited<ReturnType<typeof runCheckovOnTerraform>> = []
  let exceptions: ReturnType<typeof parseExceptions> = []

  beforeAll(async () => {
    exceptions = parseExceptions(parse(await readFile(join(terraformRoot, 'exceptions.yaml'), 'utf8')))
    found = await runCheckovOnTerraform(terraformRoot)
  })

  test('finds nothing but what is excused', () => {
    expect(unexcused(found, exceptions).map(inWords)).toEqual([])
  })

  test('each exception is still needed', () => {
    expect(findIdleExceptions(found, exceptions).map(inWords)).toEqual([])
  })
})
