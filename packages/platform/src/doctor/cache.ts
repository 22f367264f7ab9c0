import { existsSync } from 'node:fs'
import { readdir, readFile, readlink, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { cacheDirectory } from '../cache.ts'
import { tryLock } from '../lock.ts'
import { changedFiles, damageOf, hasManifest, manifestFileOf } from '../manifest.ts'
import type { Finding } from './finding.ts'

/** Whether any process that this user may see runs a program of a directory or has it among its arguments. */
const isInUse = async (directory: string): Promise<boolean> => {
  const pids = (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))
  const uses = pids.map(async (pid) => {
    const program = await readlink(`/proc/${pid}/exe`).catch(() => '')
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return program.startsWith(`${directory}/`) || words.includes(`${directory}/`)
  })
  return (await Promise.all(uses)).includes(true)
}

const partial = /^(.+)\.(partial|damaged)-\w+$/

/** A fetch that was cut short leaves a directory, which nobody will ever finish. */
const halfInstalled = async (cache: string, name: string): Promise<readonly Finding[]> => {
  const lockFile = join(cache, `${name.replace(partial, '$1')}.lock`)
  const lock = await tryLock(lockFile)
  if (!lock) return [{ check: 'cache', state: 'fine', detail: `${name} is being fetched now` }]
  await lock.release()
  const path = join(cache, name)
  const mend = async () => {
    await using held = await tryLock(lockFile)
    if (held) await rm(path, { recursive: true, force: true })
  }
  return [{ check: 'cache', state: 'warning', detail: `${path} was never finished.`, fix: `rm -rf ${path}`, mend }]
}

const installed = async (cache: string, name: string): Promise<Finding> => {
  const path = join(cache, name)
  if (!hasManifest(path)) {
    const detail = `${name}, unchecked: an earlier Neotool installed it, and the next up remembers its files`
    return { check: 'cache', state: 'fine', detail }
  }
  const changed = await changedFiles(path, 'all')
  if (changed.length === 0) return { check: 'cache', state: 'fine', detail: name }
  const detail = damageOf(path, changed)
  if (await isInUse(path)) {
    const fix = 'It is in use: ./neotool down for the environments that run, then ./neotool doctor --fix.'
    return { check: 'cache', state: 'fault', detail, fix }
  }
  const mend = async () => {
    await rm(path, { recursive: true, force: true })
    // Last: without it, what were left of the directory would be taken for the whole.
    await rm(manifestFileOf(path), { force: true })
  }
  return { check: 'cache', state: 'fault', detail, fix: `rm -rf ${path} (the next up fetches it anew)`, mend }
}

/** What is in the cache of binaries: whole, half-installed or damaged. */
export const checkCache = async (): Promise<readonly Finding[]> => {
  const cache = cacheDirectory()
  if (!existsSync(cache)) return [{ check: 'cache', state: 'fine', detail: `${cache} is empty; up fills it` }]
  const entries = await readdir(cache, { withFileTypes: true })
  // The store of our Docker, which looks after it itself.
  const names = entries.filter((entry) => entry.isDirectory() && entry.name !== 'docker')
  const findings = names.map(async ({ name }) =>
    partial.test(name) ? halfInstalled(cache, name) : [await installed(cache, name)],
  )
  return (await Promise.all(findings)).flat()
}
