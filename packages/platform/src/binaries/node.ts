import { join } from 'node:path'
import type { Binaries } from '../cache.ts'
import { installLocked } from './npm.ts'

const lockedPackage = join(import.meta.dirname, '../../binaries/node')

/** Node and npm from npm, for an image; both versions are those of binaries/node/package-lock.json. */
export const nodeAndNpmBinaries: Binaries = {
  title: 'Node and npm',
  name: 'node',
  version: '24.21.0-11.19.0',
  install: (directory, _progress, signal) => installLocked(lockedPackage, directory, { signal }),
}
