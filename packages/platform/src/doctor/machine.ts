import { existsSync } from 'node:fs'
import { readFile, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cacheDirectory } from '../cache.ts'
import { isRoot } from '../data-owner.ts'
import type { Finding } from './finding.ts'

const gigabyte = 1e9
// A first `up` puts 0.8 GB into the cache and node_modules, and its data grow.
const needed = { fault: gigabyte, warning: 4 * gigabyte }
// What all parts together take, with room for a build of the web.
const memoryNeeded = 2 * gigabyte

const inGigabytes = (bytes: number) => `${(bytes / gigabyte).toFixed(1)} GB`

const existingParent = (path: string): string => (existsSync(path) ? path : existingParent(dirname(path)))

const disk = async (what: string, path: string): Promise<Finding> => {
  const { bavail, bsize } = await statfs(existingParent(path))
  const free = bavail * bsize
  const state = free < needed.fault ? 'fault' : free < needed.warning ? 'warning' : 'fine'
  const detail = `${inGigabytes(free)} free for ${what} in ${path}`
  return { check: 'disk', state, detail, ...(state !== 'fine' && { fix: 'Free some space on that disk.' }) }
}

const memory = async (): Promise<Finding> => {
  const text = await readFile('/proc/meminfo', 'utf8')
  const available = Number(/^MemAvailable:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024
  const detail = `${inGigabytes(available)} available`
  if (available >= memoryNeeded) return { check: 'memory', state: 'fine', detail }
  const fix = `A copy of the platform takes about 1.2 GB and a build of the web 1 GB more: close something, or stop another copy (./neotool status --all).`
  return { check: 'memory', state: 'warning', detail, fix }
}

const clock = async (root: string): Promise<Finding> => {
  const newest = (await stat(join(root, 'package-lock.json'))).mtimeMs
  const now = Date.now()
  if (now > newest - 60_000) return { check: 'clock', state: 'fine', detail: new Date(now).toISOString() }
  const detail = `It is ${new Date(now).toISOString()} here, which is before this checkout was made. Tokens and certificates will be refused.`
  return { check: 'clock', state: 'fault', detail, fix: 'Set the clock: timedatectl set-ntp true' }
}

/** Disk space where Neotool writes, memory, and the clock. */
export const checkMachine = (root: string): Promise<readonly Finding[]> => {
  const data = isRoot() ? '/var/lib/neotool' : join(root, '.neotool')
  return Promise.all([
    disk('binaries', cacheDirectory()),
    disk('data', data),
    disk('packages and logs', root),
    memory(),
    clock(root),
  ])
}
