/*
 * Binaries live outside the checkout, in one directory per name and version. A directory is filled under another name
 * and renamed when it is complete, so what is there is whole; a lock lets a second `up` wait for the first one's fetch.
 * A file beside it remembers the sizes, so that what a full disk or a person has cut off later is noticed.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { isRoot } from './data-owner.ts'
import { waitForLock } from './lock.ts'

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

const manifestOf = (directory: string) => `${directory}.sizes`

/** The names and sizes of all files, in one line each. Only sizes: a hash over 400 MB would make every `up` wait. */
const sizesIn = (directory: string): string =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${statSync(path).size} ${path.slice(directory.length + 1)}\n`)
    .sort()
    .join('')

/** Whether the files of a fetched directory are still those that were fetched. */
export const isIntact = (directory: string): boolean =>
  !existsSync(manifestOf(directory)) || readFileSync(manifestOf(directory), 'utf8') === sizesIn(directory)

/** Whether the binaries are in the cache, and whole. */
export const areFetched = (binaries: Binaries): boolean => {
  const directory = binariesDirectory(binaries)
  return existsSync(directory) && isIntact(directory)
}

const sizeBytesOf = async (directory: string): Promise<number> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => [])
  const sizes = entries.map(
    async (entry) => (await stat(join(entry.parentPath, entry.name)).catch(() => undefined))?.size ?? 0,
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

/** Fetches the binaries unless they are in the cache. */
export const fetchBinaries = async (binaries: Binaries, progress: Progress, signal?: AbortSignal): Promise<void> => {
  if (areFetched(binaries)) return
  const target = binariesDirectory(binaries)
  await mkdir(cacheDirectory(), { recursive: true, mode: 0o755 })
  await using _lock = await waitForLock(`${target}.lock`, () => progress('another neotool fetches it'), signal)
  if (areFetched(binaries)) return
  if (existsSync(target)) {
    progress('it was damaged, fetching it again')
    const damaged = await mkdtemp(`${target}.damaged-`)
    await rename(target, damaged)
    await rm(damaged, { recursive: true, force: true })
  }
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
    await writeFile(manifestOf(target), sizesIn(directory))
    await rename(directory, target)
  } finally {
    clearInterval(timer)
    await rm(directory, { recursive: true, force: true })
  }
}
