import { areFetched, type Binaries, binariesDirectory, fetchBinaries } from '../cache.ts'
import type { Preparation } from '../component.ts'
import { changedFiles, damageOf, hasManifest } from '../manifest.ts'

/** Fetches binaries that a part runs on; `find` answers undefined where the machine has them. */
export const fetching = (title: string, find: () => Promise<Binaries | undefined>): Preparation => ({
  title,
  isDone: async () => {
    const binaries = await find()
    return !binaries || (hasManifest(binariesDirectory(binaries)) && (await areFetched(binaries)))
  },
  run: async (_, { progress, signal }) => {
    const binaries = await find()
    if (binaries) await fetchBinaries(binaries, progress, signal)
  },
  findDamage: async () => {
    const binaries = await find()
    if (!binaries) return undefined
    const directory = binariesDirectory(binaries)
    const changed = await changedFiles(directory, 'all')
    return changed.length > 0 ? damageOf(directory, changed) : undefined
  },
})
