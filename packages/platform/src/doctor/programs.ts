import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { execa } from 'execa'
import { assertGo } from '../binaries/go.ts'
import { assertJava, assertMaven, kafkaBinaries } from '../binaries/kafka.ts'
import { minio, minioBinaries } from '../binaries/minio.ts'
import { areFetched } from '../cache.ts'
import { messageOf, PlatformError } from '../failure.ts'
import type { Finding } from './finding.ts'

type Program = {
  readonly name: string
  readonly version: readonly string[]
  /** Fails with advice when it is missing or too old. */
  check?(): Promise<void>
  /** Whether anything needs it still: what it makes may be in the cache. */
  isNeeded(): Promise<boolean>
}

const always = async () => true

const programs: readonly Program[] = [
  { name: 'node', version: ['--version'], isNeeded: always },
  { name: 'npm', version: ['--version'], isNeeded: always },
  { name: 'java', version: ['-version'], check: assertJava, isNeeded: always },
  { name: 'mvn', version: ['--version'], check: assertMaven, isNeeded: async () => !(await areFetched(kafkaBinaries)) },
  {
    name: 'go',
    version: ['version'],
    check: () => assertGo(minio),
    isNeeded: async () => !(await areFetched(minioBinaries)),
  },
]

const look = async ({ name, version, check, isNeeded }: Program): Promise<Finding> => {
  const { exitCode, all } = await execa(name, version, { all: true, reject: false })
  const firstLine =
    stripVTControlCharacters(all ?? '')
      .trim()
      .split('\n')[0] ?? ''
  try {
    await check?.()
    if (exitCode !== 0 && !check) throw new PlatformError(`${name} was not found.`, { advice: `Install ${name}.` })
    return { check: name, state: 'fine', detail: firstLine }
  } catch (error) {
    const fix = error instanceof PlatformError ? error.advice : undefined
    const state = (await isNeeded()) ? 'fault' : 'warning'
    const detail = state === 'fault' ? messageOf(error) : `${messageOf(error)} What it makes is in the cache already.`
    return { check: name, state, detail, ...(fix && { fix }) }
  }
}

const installedPackages = async (root: string): Promise<Finding> => {
  const check = 'node_modules'
  const hash = createHash('sha256').update(await readFile(join(root, 'package-lock.json')))
  const stamp = await readFile(join(root, 'node_modules/.neotool-lock'), 'utf8').catch(() => '')
  if (stamp.startsWith(hash.digest('hex'))) return { check, state: 'fine', detail: 'what package-lock.json names' }
  const detail = 'package-lock.json has changed since the packages were installed.'
  return { check, state: 'warning', detail, fix: 'The next ./neotool installs them.' }
}

/** The programs that Neotool is built on, and the packages that npm installed. */
export const checkPrograms = async (root: string): Promise<readonly Finding[]> =>
  Promise.all([...programs.map(look), installedPackages(root)])
