import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ensurePrograms } from './debian.ts'

let bin = ''
const calls = () => (existsSync(join(bin, 'calls')) ? readFileSync(join(bin, 'calls'), 'utf8') : '')

const addProgram = (name: string, script = '') => {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, name), 0o755)
}

const ensure = () => ensurePrograms('The tests need shells', ['zsh', 'fish'])(new AbortController().signal)

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'neotool-debian-'))
  vi.stubEnv('PATH', bin)
  vi.spyOn(console, 'log').mockReturnValue()
})

afterEach(() => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  rmSync(bin, { recursive: true })
})

const as = (uid: number) => vi.spyOn(process, 'getuid').mockReturnValue(uid)

test('root gets what is missing installed, after an update where the lists are old', async () => {
  as(0)
  addProgram('fish')
  addProgram('apt-get', `echo "$@" >>'${bin}/calls'; [ "$1" = update ] && : >'${bin}/lists'; [ -e '${bin}/lists' ]`)
  await ensure()
  const install = 'install --yes --no-install-recommends zsh\n'
  expect(calls()).toBe(`${install}update\n${install}`)
})

test('what apt-get said is shown when it cannot', async () => {
  as(0)
  addProgram('apt-get', 'echo no such package; exit 100')
  await expect(ensure()).rejects.toMatchObject({ logLines: ['no such package'] })
})

test('anybody else is told the command', async () => {
  as(1000)
  addProgram('apt-get', `echo "$@" >>'${bin}/calls'`)
  await expect(ensure()).rejects.toMatchObject({
    message: 'The tests need shells, and there is no zsh and fish on the PATH.',
    advice: 'Install it: sudo apt-get install --yes --no-install-recommends zsh fish',
  })
  expect(calls()).toBe('')
})

test('nothing is done where all are there', async () => {
  as(1000)
  for (const name of ['zsh', 'fish']) addProgram(name)
  await ensure()
})

test('a program may come with a package of another name', async () => {
  as(1000)
  const ensured = ensurePrograms('It is built', ['protoc'], { protoc: 'protobuf-compiler' })
  await expect(ensured(new AbortController().signal)).rejects.toMatchObject({
    message: 'It is built, and there is no protoc on the PATH.',
    advice: 'Install it: sudo apt-get install --yes --no-install-recommends protobuf-compiler',
  })
})
