import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TaskEvent } from '../tasks.ts'
import { buildImages, ourImages } from './images.ts'

const checkout = join(import.meta.dirname, '../../../..')

let scratch = ''
let events: TaskEvent[] = []
const calls = () => {
  const file = join(scratch, 'calls')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}

/** A docker that notes how it was called, and does what `script` says, a `case` over "$1 $2". */
const addDocker = (script = '') => {
  const answers = `case "$1 $2" in ${script} 'version '*) echo 20.10.24;; 'image inspect') echo 327000000;; esac`
  const file = join(scratch, 'bin/docker')
  writeFileSync(file, `#!/bin/sh\necho "$DOCKER_BUILDKIT $*" >>'${scratch}/calls'\n${answers}\n`)
  chmodSync(file, 0o755)
}

const build = (options: Partial<Parameters<typeof buildImages>[0]> = {}) =>
  buildImages({ root: scratch, report: (event) => events.push(event), ...options })

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'neotool-images-'))
  events = []
  mkdirSync(join(scratch, 'bin'))
  writeFileSync(join(scratch, 'package.json'), '{ "version": "1.2.3" }')
  vi.stubEnv('PATH', `${join(scratch, 'bin')}:/usr/bin:/bin`)
  vi.stubEnv('HOME', scratch)
  vi.stubEnv('NODE_EXTRA_CA_CERTS', undefined)
  vi.stubEnv('NPM_CONFIG_USERCONFIG', undefined)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(scratch, { recursive: true })
})

const buildCalls = () => calls().filter((call) => call.includes(' build --progress'))

test('every image is built from a Dockerfile that exists, by BuildKit, under the version of the checkout', async () => {
  addDocker()
  const built = await build()
  expect(built).toEqual(ourImages.map(({ name }) => ({ reference: `${name}:1.2.3`, sizeBytes: 327_000_000 })))
  expect(buildCalls()).toContain(
    '1 build --progress=plain --build-arg SERVICE=app --tag neotool/app:1.2.3 --file infra/images/service/Dockerfile .',
  )
  for (const { dockerfile } of ourImages) expect(existsSync(join(checkout, dockerfile)), dockerfile).toBe(true)
})

test('a person’s certificates and npm settings go in as secrets, and only where they exist', async () => {
  addDocker()
  writeFileSync(join(scratch, 'ca.pem'), '')
  writeFileSync(join(scratch, '.npmrc'), '')
  vi.stubEnv('NODE_EXTRA_CA_CERTS', join(scratch, 'ca.pem'))
  await build({ names: ['web'], network: 'host' })
  const secrets = `--secret id=ca,src=${scratch}/ca.pem --secret id=npmrc,src=${scratch}/.npmrc`
  expect(buildCalls()).toEqual([
    `1 build --progress=plain --network=host ${secrets} --tag neotool/web:1.2.3 --file infra/images/web/Dockerfile .`,
  ])
  vi.stubEnv('NODE_EXTRA_CA_CERTS', join(scratch, 'gone.pem'))
  await build({ names: ['web'] })
  expect(buildCalls()[1]).not.toContain('id=ca')
})

test('an image is pushed under the name of the registry', async () => {
  addDocker()
  const built = await build({ names: ['ops'], push: 'registry.example.com/team' })
  const pushed = 'registry.example.com/team/neotool/ops:1.2.3'
  expect(built).toEqual([{ reference: 'neotool/ops:1.2.3', sizeBytes: 327_000_000, pushed }])
  expect(calls().slice(-2)).toEqual([`1 tag neotool/ops:1.2.3 ${pushed}`, `1 push ${pushed}`])
})

test('a registry that refuses is told from a build that fails', async () => {
  addDocker(`'push '*) echo unauthorized; exit 1;;`)
  await expect(build({ names: ['ops'], push: 'registry.example.com' })).rejects.toMatchObject({
    reason: 'download',
    logLines: ['unauthorized'],
    advice: 'Sign in where that is needed: docker login registry.example.com',
  })
})

test('the first build that fails ends it, with what docker said last', async () => {
  addDocker(`'build --progress=plain') echo '#9 1.234 npm error'; exit 1;;`)
  await expect(build()).rejects.toMatchObject({ reason: 'failed', logLines: ['#9 1.234 npm error'] })
  expect(buildCalls()).toHaveLength(1)
  expect(events).toContainEqual(expect.objectContaining({ state: 'running', detail: 'npm error' }))
  expect(events.at(-1)).toMatchObject({ task: ourImages[0]?.name, state: 'failed' })
})

test('without docker, an engine or BuildKit nothing is begun', async () => {
  const prerequisite = (message: unknown) => ({ reason: 'prerequisite', message })
  vi.stubEnv('PATH', join(scratch, 'bin'))
  await expect(build()).rejects.toMatchObject(prerequisite(expect.stringContaining('docker was not found')))
  vi.stubEnv('PATH', `${join(scratch, 'bin')}:/usr/bin:/bin`)
  addDocker(`'version '*) echo 'Cannot connect to the Docker daemon' >&2; exit 1;;`)
  await expect(build()).rejects.toMatchObject(prerequisite(expect.stringContaining('Cannot connect to the Docker')))
  addDocker(`'build --help') echo 'ERROR: BuildKit is enabled but the buildx component is missing or broken.' >&2;;`)
  await expect(build()).rejects.toMatchObject(prerequisite(expect.stringContaining('buildx')))
  expect(buildCalls()).toEqual([])
})

test('an unknown name is a wrong command line', async () => {
  addDocker()
  await expect(build({ names: ['web', 'wep'] })).rejects.toMatchObject({
    reason: 'usage',
    message: 'There is no image "wep".',
  })
  expect(calls()).toEqual([])
})
