/** The state of production is in a bucket, and nobody applies while somebody else does: tried on a real server of S3's API. */
import { existsSync } from 'node:fs'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { terraformWith } from '@neotool/platform/terraform/program'
import { createTestBucket } from '@neotool/testkit/bucket'
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest'
import { z } from 'zod'
import { terraformRoot } from './tree.ts'

const prod = join(terraformRoot, 'environments/prod')
const terraform = terraformWith(inject('configuration'))
let directory = ''

// It says that it is at work, and works until it is told to end.
const slow = `
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch begun; until test -e end; do sleep 0.1; done"
  }
}
`

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'neotool-state-'))
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = await createTestBucket()
  const settings = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(await readFile(join(prod, 'backend.tfbackend.json'), 'utf8')))
  const here = {
    bucket,
    region,
    endpoints: { s3: endpoint },
    access_key: accessKeyId,
    secret_key: secretAccessKey.reveal(),
  }
  await copyFile(join(prod, 'backend.tf'), join(directory, 'backend.tf'))
  await writeFile(join(directory, 'main.tf'), slow)
  await writeFile(join(directory, 'backend.tfbackend.json'), JSON.stringify({ ...settings, ...here }))
})

afterAll(() => rm(directory, { recursive: true, force: true }))

test('a second apply is refused while one is at work', async () => {
  const initialised = await terraform(directory, ['init', '-input=false', '-backend-config=backend.tfbackend.json'])
  expect(initialised.output).toContain('Successfully configured the backend "s3"')
  const first = terraform(directory, ['apply', '-auto-approve', '-input=false'])
  await vi.waitFor(() => expect(existsSync(join(directory, 'begun'))).toBe(true), { timeout: 60_000 })
  const second = await terraform(directory, ['apply', '-auto-approve', '-input=false'])
  await writeFile(join(directory, 'end'), '')
  expect(second.exitCode).toBe(1)
  expect(second.output).toContain('Error acquiring the state lock')
  expect((await first).exitCode).toBe(0)
  expect((await terraform(directory, ['state', 'list'])).stdout.trim()).toBe('terraform_data.slow')
  expect(existsSync(join(directory, 'terraform.tfstate'))).toBe(false)
})
