import { ensurePackages } from '@neotool/platform/debian-packages'

/** What a suite does first: makes sure of Debian packages, each known by a file in it, and says what it installs. */
export const withPackages =
  (why: string, files: Readonly<Record<string, string>>) =>
  (signal: AbortSignal): Promise<void> =>
    ensurePackages(why, files, { progress: console.log, signal })
