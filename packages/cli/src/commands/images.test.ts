import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { imagesFileOf } from '@neotool/platform/kubernetes/images-lock'
import { execa } from 'execa'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkout } from '../checkout.ts'
import { exitCodes } from '../exit-codes.ts'

let bin = ''

/** `neotool images …` where the only programs beside the system's are those that the test made. */
const images = (args: readonly string[], path = `${bin}:/usr/bin:/bin`) =>
  execa(process.execPath, [join(checkout, 'packages/cli/src/main.ts'), 'images', ...args], {
    env: { PATH: path, HOME: bin },
    all: true,
    reject: false,
  })

const addDocker = (script: string) => {
  writeFileSync(join(bin, 'docker'), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, 'docker'), 0o755)
}

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'neotool-docker-'))
})

afterEach(() => rmSync(bin, { recursive: true }))

test('a build tells what each image weighs', async () => {
  addDocker('case "$1" in version) echo 28.0.0;; image) echo 258000000;; esac')
  const { exitCode, all } = await images(['build', '--only', 'ops', 'web'])
  expect(exitCode, all).toBe(exitCodes.done.code)
  expect(all).toMatch(/^neotool\/ops:\d+\.\d+\.\d+ +258 MB$/m)
  expect(all).toMatch(/^neotool\/web:/m)
  expect(all).not.toContain('neotool/app')
})

test('a build that fails says what docker said', async () => {
  addDocker('case "$1 $2" in "build --progress=plain") echo no space here; exit 1;; esac')
  const { exitCode, all } = await images(['build', '--only', 'ops'])
  expect(exitCode, all).toBe(exitCodes.failed.code)
  expect(all).toContain('| no space here')
})

test('without docker it says so once, and what to do', async () => {
  const { exitCode, all } = await images(['build'], bin)
  expect(exitCode, all).toBe(exitCodes.prerequisite.code)
  expect(all.match(/docker was not found/g)).toHaveLength(1)
  expect(all).toContain('What to do: Install Docker')
})

test('without an engine too', async () => {
  addDocker('echo Cannot connect to the Docker daemon >&2; exit 1')
  const { exitCode, all } = await images(['build'])
  expect(exitCode, all).toBe(exitCodes.prerequisite.code)
  expect(all).toContain('Cannot connect to the Docker daemon')
})

test('a wrong name of an image or an environment is a wrong command line', async () => {
  addDocker('')
  for (const args of [
    ['build', '--only', 'wep'],
    ['lock', 'nowhere'],
  ]) {
    const { exitCode, all } = await images(args)
    expect(exitCode, all).toBe(exitCodes.usage.code)
  }
})

test('where no registry answers, lock fails and changes nothing', async () => {
  const file = join(checkout, imagesFileOf('local'))
  const before = readFileSync(file, 'utf8')
  addDocker('case "$2" in version) ;; *) echo no such host >&2; exit 1;; esac')
  const { exitCode, all } = await images(['lock', 'local'])
  expect(exitCode, all).toBe(exitCodes.failed.code)
  expect(all).toMatch(/^postgres:\S+ +unanswered +no such host$/m)
  expect(readFileSync(file, 'utf8')).toBe(before)
})
