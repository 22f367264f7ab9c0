/** Every rule that a module's tests state finds what breaks it: one is broken in a copy, and the test that states it must fail. */
import { join } from 'node:path'
import { runTests } from '@neotool/platform/terraform/checks'
import { terraformWith } from '@neotool/platform/terraform/program'
import { expect, inject, test } from 'vitest'
import { brokenK3s } from './broken/k3s.ts'
import { brokenNetworking } from './broken/networking.ts'
import { brokenStorage } from './broken/storage.ts'
import { copyOf, edit } from './tree.ts'

const terraform = terraformWith(inject('configuration'))
const broken = [...brokenNetworking, ...brokenK3s, ...brokenStorage]

test.each(broken.map(([directory, file, from, to, words]) => ({ directory, file, from, to, words })))(
  '$directory/$file: $from',
  async ({ directory, file, from, to, words }) => {
    await using copy = await copyOf(inject('infra'))
    await edit(join(copy.terraform, directory, file), from, to)
    const { failed, problems } = await runTests(terraform, join(copy.terraform, directory))
    expect(failed).toBeGreaterThan(0)
    expect(problems.map(({ text }) => text).join('\n')).toContain(words)
  },
)
