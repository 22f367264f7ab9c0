/*
 * Binaries live outside the checkout, in one directory per name and version. A directory is filled under another name
 * and renamed when it is complete, so what is there is whole; a lock lets a second `up` wait for the first one's fetch.
 * A manifest beside it remembers the files, so that what a disk or a person does to them later is noticed.
 */
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { execa } from 'execa'
import { isRoot } from './data-owner.ts'
import { waitForLock } from './lock.ts'
import { changedFiles, hasManifest, writeManifest } from './manifest.ts'

/** Tells how far a piece of work is, in a few words. */
export type Progress = (text: string) => void

export type Binaries = {
  readonly title: string
  readonly name: string
  readonly version: string
  /** Fills an empty directory. */
  install(directory: string, progress: Progress, signal?: AbortSignal): Promise<void>
}

export const cacheDirectory = (): string =>
  process.env.NEOTOOL_CACHE || (isRoot() ? '/var/cache/neotool' : join(homedir(), '.cache', 'neotool'))

/** Where a version of some binaries is, whether or not it has been fetched yet. */
export const binariesDirectory = ({ name, version }: Binaries): string =>
  join(cacheDirectory(), `${name}-${version}-${process.arch}`)

/** Whether the binaries are in the cache, and not damaged as far as can be seen at a glance. */
export const areFetched = async (binaries: Binaries): Promise<boolean> => {
  const directory = binariesDirectory(binaries)
  return existsSync(directory) && (await changedFiles(directory, 'touched')).length === 0
}

const sizeBytesOf = async (directory: string): Promise<number> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = entries.map(
    async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0,
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** Removes what those who were killed have left; only for the holder of the lock. */
const removeUnfinished = async (target: string): Promise<void> => {
  const beginnings = [`${basename(target)}.partial-`, `${basename(target)}.damaged-`]
  const entries = await readdir(dirname(target))
  const unfinished = entries.filter((entry) => beginnings.some((beginning) => entry.startsWith(beginning)))
  for (const entry of unfinished) await rm(join(dirname(target), entry), { recursive: true, force: true })
}

/** Fetches the binaries unless they are in the cache. */
export const fetchBinaries = async (binaries: Binaries, progress: Progress, signal?: AbortSignal): Promise<void> => {
  const target = binariesDirectory(binaries)
  if (existsSync(target) && !hasManifest(target)) {
    // An earlier version filled it. It is taken as it is; where the cache is somebody else's, they will remember it.
    await writeManifest(target).catch(() => {})
  }
  if (await areFetched(binaries)) return
  await mkdir(cacheDirectory(), { recursive: true, mode: 0o755 })
  await using _lock = await waitForLock(`${target}.lock`, () => progress('another neotool fetches it'), signal)
  if (await areFetched(binaries)) return
  if (existsSync(target)) {
    progress('it was damaged, fetching it again')
    const damaged = await mkdtemp(`${target}.damaged-`)
    await rename(target, damaged)
    await rm(damaged, { recursive: true, force: true })
  }
  await removeUnfinished(target)
  const directory = await mkdtemp(`${target}.partial-`)
  let step = 'downloading'
  const report = async () => {
    const megabytes = ((await sizeBytesOf(directory)) / 1e6).toFixed(0)
    // What is built has no size until it is there.
    progress(megabytes === '0' ? step : `${step}, ${megabytes} MB`)
  }
  const timer = setInterval(() => void report(), 500)
  try {
    await binaries.install(
      directory,
      (text) => {
        step = text
      },
      signal,
    )
    // mkdtemp's 0700 and a strict umask would lock the data owner out.
    await chmod(directory, 0o755)
    await execa('chmod', ['-R', 'a+rX', directory])
    await writeManifest(directory, target)
    await rename(directory, target)
  } finally {
    clearInterval(timer)
    await rm(directory, { recursive: true, force: true })
  }
}
