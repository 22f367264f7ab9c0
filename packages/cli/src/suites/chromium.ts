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

const install = ['install', '--yes', '--no-install-recommends', 'chromium']

/** Makes sure of Debian's Chromium: installs it as root, and says how to as anybody else. */
export const ensureChromium = async (signal: AbortSignal): Promise<void> => {
  if (isOnPath('chromium')) return
  const advice = `Install it: sudo apt-get ${install.join(' ')}`
  if (!isRoot())
    throw new PlatformError('The journeys need a browser, and there is no chromium on the PATH.', { advice })
  const options = {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
    reject: false,
    all: true,
    cancelSignal: signal,
  } as const
  console.log('Installing Chromium (apt-get) …')
  if ((await execa('apt-get', install, options)).exitCode === 0) return
  // Its package lists may be missing or old.
  await execa('apt-get', ['update'], options)
  const { exitCode, all } = await execa('apt-get', install, options)
  if (exitCode !== 0) {
    throw new PlatformError('Chromium could not be installed.', { logLines: all.trim().split('\n').slice(-15), advice })
  }
}
