import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { isRoot } from '@neotool/platform/data-owner'
import { PlatformError } from '@neotool/platform/failure'
import { execa } from 'execa'

const isOnPath = (program: string) =>
  (process.env.PATH ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })

/**
 * Installs Debian's packages as root, and says how to as anybody else. `why` begins the message, and `names` are what is
 * missing: `The journeys need a browser`, `chromium`.
 */
export const installPackages = async (
  why: string,
  names: string,
  packages: readonly string[],
  signal: AbortSignal,
): Promise<void> => {
  const install = ['install', '--yes', '--no-install-recommends', ...packages]
  const advice = `Install it: sudo apt-get ${install.join(' ')}`
  if (!isRoot()) {
    throw new PlatformError(`${why}, and there is no ${names} on the PATH.`, { reason: 'prerequisite', advice })
  }
  const options = {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    reject: false,
    all: true,
    cancelSignal: signal,
  } as const
  console.log(`Installing ${names} (apt-get) …`)
  if ((await execa('apt-get', install, options)).exitCode === 0) return
  // Its package lists may be missing or old.
  await execa('apt-get', ['update'], options)
  const { exitCode, all } = await execa('apt-get', install, options)
  if (exitCode === 0) return
  throw new PlatformError(`${why}, and ${names} could not be installed.`, {
    logLines: (all ?? '').trim().split('\n').slice(-15),
    advice,
  })
}

/** Makes sure of programs that have a Debian package, of their own name unless `packages` has another. */
export const ensurePrograms =
  (why: string, programs: readonly string[], packages: Readonly<Record<string, string>> = {}) =>
  async (signal: AbortSignal): Promise<void> => {
    const missing = programs.filter((program) => !isOnPath(program))
    if (missing.length === 0) return
    const missingPackages = missing.map((program) => packages[program] ?? program)
    await installPackages(why, missing.join(' and '), missingPackages, signal)
  }
