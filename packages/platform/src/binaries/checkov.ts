import { join } from 'node:path'
import { type Binaries, binariesDirectory } from '../cache.ts'
import { installPythonPackages, pythonIn } from './python.ts'

/** Looks for what is insecure in manifests; the version is the one of binaries/checkov/requirements.txt. */
export const checkovBinaries: Binaries = {
  title: 'Checkov',
  name: 'checkov',
  version: '3.3.30',
  async install(directory, progress, signal) {
    progress('installing')
    await installPythonPackages('Checkov', join(import.meta.dirname, '../../binaries/checkov'), directory, { signal })
  },
}

/** The beginning of a command line that runs it, whether or not it has been installed yet. */
export const checkovCommand = (): readonly [string, ...string[]] => [
  pythonIn(binariesDirectory(checkovBinaries)),
  '-m',
  'checkov.main',
]
