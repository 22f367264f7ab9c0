/** Every rule finds what breaks it: one is broken in a copy, and the check that stands for it must say so. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unexcused } from '@neotool/platform/kubernetes/checks/exceptions'
import { inWords } from '@neotool/platform/kubernetes/checks/finding'
import {
  findInvalid,
  findLint,
  findOldDocs,
  findUnformatted,
  runCheckovOnTerraform,
} from '@neotool/platform/terraform/checks'
import { terraformWith } from '@neotool/platform/terraform/program'
import { describe, expect, inject, test } from 'vitest'
import { copyOf, edit } from './tree.ts'

const terraform = terraformWith(inject('configuration'))
const infra = inject('infra')

describe('by the checks of files:', () => {
  const classes = 'modules/storage/classes'

  test('terraform fmt', async () => {
    await using copy = await copyOf(infra)
    await edit(join(copy.terraform, classes, 'variables.tf'), '  type        = string', '  type = string')
    expect(await findUnformatted(terraform, copy.terraform)).toEqual([`${classes}/variables.tf`])
  })

  test.each([
    ['  type        = string\n', '', 'terraform_typed_variables'],
    [/ {2}description = "Region of[^\n]*\n/, '', 'terraform_documented_variables'],
    [
      'variable "region"',
      'variable "spare" {\n  description = "Nobody reads it."\n  type        = string\n}\n\nvariable "region"',
      'terraform_unused_declarations',
    ],
  ])('TFLint: %s', async (from, to, rule) => {
    await using copy = await copyOf(infra)
    const directory = join(copy.terraform, classes)
    const file = join(directory, 'variables.tf')
    const text = await readFile(file, 'utf8')
    expect(text.replace(from, to)).not.toBe(text)
    await writeFile(file, text.replace(from, to))
    expect((await findLint(copy.terraform, directory)).join()).toContain(rule)
  })

  test('terraform-docs: an output that the README does not have', async () => {
    await using copy = await copyOf(infra)
    const directory = join(copy.terraform, classes)
    await edit(join(directory, 'outputs.tf'), 'output "class_name"', 'output "class"')
    expect((await findOldDocs(copy.terraform, directory)).join()).toContain('out of date')
  })

  test.each([
    ['modules/k3s/cluster/outputs.tf', 'local.kubeconfig', 'local.kubeconfg', 'undeclared local value'],
    ['modules/networking/aws/main.tf', 'enable_dns_hostnames', 'enable_dns_hostname', 'Unsupported argument'],
    [
      'modules/networking/azure/nat.tf',
      'sku_name            = "Standard"',
      'zone                = "1"',
      'Unsupported argument',
    ],
    ['modules/k3s/gcp/main.tf', 'network_interface {', 'network_interfaces {', 'Unsupported block type'],
    ['modules/storage/r2/main.tf', '  name       = each.value.name\n', '', 'Missing required argument'],
    [
      'modules/networking/aws/subnets.tf',
      '"aws_internet_gateway" "this"',
      '"aws_internet_gatewy" "this"',
      'Invalid resource type',
    ],
  ])('terraform validate: %s, %s', async (file, from, to, words) => {
    await using copy = await copyOf(infra)
    await edit(join(copy.terraform, file), from, to)
    expect((await findInvalid(terraform, join(copy.terraform, file, '..'))).join()).toContain(words)
  })

  test('Checkov, a comment that tells it to look away notwithstanding', async () => {
    await using copy = await copyOf(infra)
    const file = join(copy.terraform, 'modules/k3s/aws/main.tf')
    await edit(file, '    encrypted   = true\n', '    encrypted   = false\n')
    await edit(
      file,
      'resource "aws_instance" "this" {',
      'resource "aws_instance" "this" {\n  # checkov:skip=CKV_AWS_8: because',
    )
    const found = unexcused(await runCheckovOnTerraform(join(copy.terraform, 'modules/k3s/aws')), [])
    expect(found.map(inWords).join()).toContain('checkov/CKV_AWS_8')
  })
})
