import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { assertTerraform, mirrorConfiguration } from './program.ts'

let bin = ''

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'neotool-terraform-'))
  vi.stubEnv('PATH', bin)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(bin, { recursive: true })
})

const addTerraform = (script: string) => {
  writeFileSync(join(bin, 'terraform'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, 'terraform'), 0o755)
}

test('a missing Terraform is one clear error', async () => {
  await expect(assertTerraform()).rejects.toMatchObject({
    message: 'The infrastructure is written in Terraform, and terraform was not found on the PATH.',
    reason: 'prerequisite',
    advice: expect.stringContaining('Install Terraform 1.11 or later'),
  })
})

test.each(['1.10.5', '2.0.0'])('Terraform %s is none that reads our files', async (version) => {
  addTerraform(`echo '{"terraform_version":"${version}"}'`)
  await expect(assertTerraform()).rejects.toThrow(
    `Terraform 1.11 or later, below 2, is needed; terraform is ${version}.`,
  )
})

test('what a broken one says is shown', async () => {
  addTerraform('echo "cannot run" >&2; exit 3')
  await expect(assertTerraform()).rejects.toThrow('terraform says: cannot run')
})

test.each(['1.11.0', '1.14.2'])('Terraform %s is taken', async (version) => {
  addTerraform(`echo '{"terraform_version":"${version}"}'`)
  await assertTerraform()
})

test('providers come from the named directories and from nowhere else', () => {
  const text = mirrorConfiguration(['/one', '/a "b"'])
  expect(text.match(/path = .*/g)).toEqual(['path = "/one"', 'path = "/a \\"b\\""'])
  expect(text).not.toContain('direct')
})
