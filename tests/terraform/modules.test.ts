import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findInvalid, initialise, runTests } from '@neotool/platform/terraform/checks'
import { terraformWith } from '@neotool/platform/terraform/program'
import { describe, expect, inject, test } from 'vitest'
import { copyOf, edit } from './tree.ts'

const terraform = terraformWith(inject('configuration'))
const infra = inject('infra')

describe.each(inject('modules'))('%s', (name) => {
  const directory = join(infra, 'terraform', name)

  test('terraform validate', async () => {
    expect(await findInvalid(terraform, directory)).toEqual([])
  })

  test('terraform test', async () => {
    const { passed, failed, problems } = await runTests(terraform, directory)
    expect(problems).toEqual([])
    expect(failed).toBe(0)
    expect(passed).toBeGreaterThan(0)
  })
})

const provider = { gcp: 'google', azure: 'azurerm' } as const
const places = {
  gcp: ['europe-west3', '{ a = "europe-west3-a", b = "europe-west3-b", c = "europe-west3-c" }'],
  azure: ['germanywestcentral', '{ a = "1", b = "2", c = "3" }'],
} as const

/** Nothing in production's files names a cloud (AWS) but the one that is a copy: with another copy it is all in another cloud. */
test.each(['gcp', 'azure'] as const)('the environment prod in %s', async (cloud) => {
  await using copy = await copyOf(infra)
  const directory = join(copy.terraform, 'environments/prod')
  await copyFile(join(copy.terraform, 'clouds', `${cloud}.tf`), join(directory, 'cloud.tf'))
  const [region, zones] = places[cloud]
  await edit(
    join(directory, 'tests/environment.tftest.hcl'),
    'mock_provider "aws" {}',
    `mock_provider "${provider[cloud]}" {}\n\nvariables {\n  region = "${region}"\n  zones  = ${zones}\n}`,
  )
  await initialise(terraform, directory)
  expect(await findInvalid(terraform, directory)).toEqual([])
  const { passed, failed, problems } = await runTests(terraform, directory)
  expect(problems).toEqual([])
  expect({ passed, failed }).toEqual({ passed: 2, failed: 0 })
})
