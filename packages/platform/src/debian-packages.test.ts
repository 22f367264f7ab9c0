import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ensurePackages, missingPackages } from './debian-packages.ts'

let bin = ''
const calls = () => (existsSync(join(bin, 'calls')) ? readFileSync(join(bin, 'calls'), 'utf8') : '')

const addProgram = (name: string, script = '') => {
  writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`)
  chmodSync(join(bin, name), 0o755)
}

const ensure = () => ensurePackages('The tests need shells', { zsh: 'zsh', fish: 'fish' })

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'neotool-debian-'))
  vi.stubEnv('PATH', bin)
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
  addProgram('apt-get', `echo "$@" >>'${bin}/calls'; [ "$3" = update ] && : >'${bin}/lists'; [ -e '${bin}/lists' ]`)
  await ensure()
  const wait = '--option DPkg::Lock::Timeout=300'
  const install = `${wait} install --yes --no-install-recommends zsh\n`
  expect(calls()).toBe(`${install}${wait} update\n${install}`)
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
    message: 'The tests need shells, and there is no zsh, fish.',
    advice: 'Install what is missing: sudo apt-get install --yes --no-install-recommends zsh fish',
  })
  expect(calls()).toBe('')
})

test('nothing is done where all are there', async () => {
  as(1000)
  for (const name of ['zsh', 'fish']) addProgram(name)
  await ensure()
})

test('names the packages whose program or file is missing', () => {
  const files = { dash: '/bin/sh', coreutils: '/bin/ls', nothing: 'no-such-program', 'no-folder': '/no/such/program' }
  expect(missingPackages(files)).toEqual(['nothing', 'no-folder'])
})

test('takes no file that cannot be run', () => {
  expect(missingPackages({ 'base-files': '/etc/passwd' })).toEqual(['base-files'])
})
