/** Makes sure of what a Debian machine has as packages and that no language's registry has. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { execa } from 'execa'
import { isRoot } from './data-owner.ts'
import { PlatformError } from './failure.ts'

// Where Debian puts what only root should need; not on everybody's PATH.
const systemDirectories = ['/usr/sbin', '/sbin']

const isThere = (file: string): boolean => {
  const directories = [...(process.env.PATH ?? '').split(delimiter), ...systemDirectories]
  const places = file.startsWith('/') ? [file] : directories.map((directory) => join(directory, file))
  return places.some((place) => {
    try {
      accessSync(place, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** The packages whose file is missing: a program on the PATH, or an executable by its full path. */
export const missingPackages = (files: Readonly<Record<string, string>>): string[] =>
  Object.entries(files).flatMap(([name, file]) => (isThere(file) ? [] : [name]))

/**
 * Makes sure of packages, each known by a file in it: installs what is missing as root, and says how to as anybody
 * else. `why` begins the message: `A node needs programs of Debian`.
 */
export const ensurePackages = async (
  why: string,
  files: Readonly<Record<string, string>>,
  { progress, signal }: { progress?: (text: string) => void; signal?: AbortSignal | undefined } = {},
): Promise<void> => {
  const missing = missingPackages(files)
  if (missing.length === 0) return
  // Another apt-get may be at work.
  const options = ['--option', 'DPkg::Lock::Timeout=300']
  const install = ['install', '--yes', '--no-install-recommends', ...missing]
  const advice = `Install what is missing: sudo apt-get ${install.join(' ')}`
  if (!isRoot()) {
    throw new PlatformError(`${why}, and there is no ${missing.join(', ')}.`, { reason: 'prerequisite', advice })
  }
  progress?.(`installing ${missing.join(', ')}`)
  const aptGet = (args: readonly string[]) =>
    execa('apt-get', [...options, ...args], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      reject: false,
      all: true,
      ...(signal && { cancelSignal: signal }),
    })
  if ((await aptGet(install)).exitCode === 0) return
  // Its package lists may be missing or old.
  await aptGet(['update'])
  const { exitCode, all } = await aptGet(install)
  signal?.throwIfAborted()
  if (exitCode === 0) return
  throw new PlatformError(`${why}, and ${missing.join(', ')} could not be installed.`, {
    reason: 'prerequisite',
    logLines: (all ?? '').trim().split('\n').slice(-15),
    advice,
  })
}
