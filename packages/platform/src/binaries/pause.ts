import { join } from 'node:path'
import { binariesDirectory } from '../cache.ts'
import { goBinaries } from './go.ts'

/** The process that holds a pod's namespaces: a few lines of ours, built at once. */
export const pauseBinaries = goBinaries({
  title: 'pause',
  name: 'pause',
  // Rises with every change of binaries/pause.
  version: '1',
  module: 'neotool.example/pause',
  packages: ['.'],
  oldestGo: [1, 24, 0],
})

/** The program, whether or not it has been built yet. */
export const pauseProgram = (): string => join(binariesDirectory(pauseBinaries), 'pause')
