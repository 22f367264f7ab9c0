/*
 * A lock held by the kernel. flock(1) is run on a descriptor that we share with it: the lock belongs to the open file,
 * so it stays ours after flock has ended, and goes with our process however that ends. No stale lock files.
 */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { PlatformError } from './failure.ts'

export type Lock = AsyncDisposable & { release(): Promise<void> }

const runFlock = (descriptor: number, options: string[], abort?: AbortSignal): Promise<number> =>
  new Promise((resolve, reject) => {
    const stdio: ('ignore' | number)[] = ['ignore', 'ignore', 'ignore', descriptor]
    const child = spawn('flock', [...options, '3'], { stdio, ...(abort && { signal: abort }) })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })

const acquire = async (path: string, options: string[], abort?: AbortSignal): Promise<Lock | undefined> => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'a', 0o600)
  try {
    if ((await runFlock(file.fd, options, abort)) !== 0) {
      await file.close()
      return undefined
    }
  } catch (error) {
    await file.close()
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new PlatformError('The command `flock` was not found.', {
      reason: 'prerequisite',
      advice: 'Install the package util-linux.',
    })
  }
  const release = () => file.close()
  return { release, [Symbol.asyncDispose]: release }
}

/** Takes the lock at once, or answers undefined when another process holds it. */
export const tryLock = (path: string): Promise<Lock | undefined> => acquire(path, ['--nonblock'])

/** Takes the lock, waiting for its present holder; calls `onWait` when it has to. */
export const waitForLock = async (path: string, onWait: () => void, abort?: AbortSignal): Promise<Lock> => {
  const free = await tryLock(path)
  if (free) return free
  onWait()
  const lock = await acquire(path, [], abort)
  if (!lock) throw new PlatformError(`The lock ${path} could not be taken.`)
  return lock
}
