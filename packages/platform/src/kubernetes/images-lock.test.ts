import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { imagesFileOf, lockImages } from './images-lock.ts'

let scratch = ''
const file = () => join(scratch, imagesFileOf('prod'))
const digest = (digit: string) => `sha256:${digit.repeat(64)}`

const write = (path: string, content: string) => {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

/** A docker whose registry knows what `answers` says, a `case` over the reference. */
const addDocker = (answers: string) => {
  const unknown = '*) echo "ERROR: no such host" >&2; exit 1;;'
  const inspect = `case "$6" in ${answers} ${unknown} esac`
  write(join(scratch, 'bin/docker'), `#!/bin/sh\ncase "$2" in version) ;; imagetools) ${inspect};; esac\n`)
  chmodSync(join(scratch, 'bin/docker'), 0o755)
}

const answer = (reference: string, digit: string) =>
  `${reference}) echo '{"mediaType":"application/vnd.oci.image.index.v1+json","digest":"${digest(digit)}"}';;`

const lock = (environment = 'prod') => lockImages({ root: scratch, environment, report: () => {} })

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'neotool-lock-'))
  vi.stubEnv('PATH', `${join(scratch, 'bin')}:/usr/bin:/bin`)
})

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(scratch, { recursive: true })
})

const before = `# What this file is for, and a line that is longer than eighty characters, as a comment may well be in our files.
kind: Component
images:
  # ours
  - { name: neotool/app, newName: registry.example.com/neotool/app, newTag: 0.1.0 }
  - { name: postgres, newTag: "18.4" } # the release

  - name: pgbouncer
    newName: docker.io/edoburu/pgbouncer # another name than the short one
    newTag: v1.24.1-p1
  - { name: hashicorp/vault, newTag: 1.21.1 }
`

test('the digest that a registry answers stands beside the tag; comments and all else stay', async () => {
  write(file(), before)
  addDocker(
    [
      answer('registry.example.com/neotool/app:0.1.0', 'a'),
      answer('postgres:18.4', 'b'),
      answer('docker.io/edoburu/pgbouncer:v1.24.1-p1', 'c'),
    ].join(' '),
  )
  expect(await lock()).toEqual([
    { reference: 'registry.example.com/neotool/app:0.1.0', state: 'locked', detail: digest('a') },
    { reference: 'postgres:18.4', state: 'locked', detail: digest('b') },
    { reference: 'docker.io/edoburu/pgbouncer:v1.24.1-p1', state: 'locked', detail: digest('c') },
    { reference: 'hashicorp/vault:1.21.1', state: 'unanswered', detail: 'ERROR: no such host' },
  ])
  expect(readFileSync(file(), 'utf8')).toBe(
    before
      .replace('newTag: 0.1.0', `newTag: 0.1.0, digest: ${digest('a')}`)
      .replace('newTag: "18.4"', `newTag: "18.4", digest: ${digest('b')}`)
      .replace('newTag: v1.24.1-p1', `newTag: v1.24.1-p1\n    digest: ${digest('c')}`),
  )
})

test('a second time it follows a tag that was moved, and leaves alone what it cannot ask', async () => {
  const image = (digit: string) => `images:\n  - { name: postgres, newTag: "18.4", digest: ${digest(digit)} }\n`
  write(file(), image('b'))
  addDocker('')
  expect(await lock()).toMatchObject([{ state: 'unanswered' }])
  expect(readFileSync(file(), 'utf8')).toBe(image('b'))
  addDocker(answer('postgres:18.4', 'd'))
  expect(await lock()).toMatchObject([{ state: 'locked', detail: digest('d') }])
  expect(readFileSync(file(), 'utf8')).toBe(image('d'))
  expect(await lock()).toMatchObject([{ state: 'unchanged', detail: digest('d') }])
})

test('an image of ours without a registry is not looked up at Docker Hub, where the name is a stranger’s', async () => {
  const text = 'images:\n  - { name: neotool/app, newTag: 0.1.0 }\n'
  write(file(), text)
  addDocker(answer('neotool/app:0.1.0', 'e'))
  expect(await lock()).toMatchObject([{ reference: 'neotool/app:0.1.0', state: 'local' }])
  expect(readFileSync(file(), 'utf8')).toBe(text)
})

test('what is no digest is not written', async () => {
  write(file(), before)
  addDocker(`postgres:18.4) echo '{"digest":"sha256:short"}';;`)
  const answers = await lock()
  expect(answers[1]).toEqual({
    reference: 'postgres:18.4',
    state: 'unanswered',
    detail: 'docker answered, but with no digest: {"digest":"sha256:short"}',
  })
  expect(readFileSync(file(), 'utf8')).toBe(before)
})

test('a tag that YAML reads as a number is named, for 1.10 would be looked up as 1.1', async () => {
  write(file(), 'images:\n  - { name: postgres, newTag: 1.10 }\n')
  addDocker('')
  await expect(lock()).rejects.toMatchObject({ logLines: [expect.stringContaining('images.0.newTag: must be there')] })
})

test('an unknown environment is a wrong command line, and a docker without buildx a missing program', async () => {
  write(file(), before)
  await expect(lock('prdo')).rejects.toMatchObject({ reason: 'usage', advice: 'One of: prod' })
  vi.stubEnv('PATH', join(scratch, 'bin'))
  await expect(lock()).rejects.toMatchObject({ reason: 'prerequisite', message: expect.stringContaining('not found') })
  vi.stubEnv('PATH', `${join(scratch, 'bin')}:/usr/bin:/bin`)
  addDocker('')
  writeFileSync(join(scratch, 'bin/docker'), '#!/bin/sh\nexit 1\n')
  await expect(lock()).rejects.toMatchObject({ reason: 'prerequisite', message: expect.stringContaining('buildx') })
})
