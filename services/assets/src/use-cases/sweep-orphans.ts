import { assetDeletedV1 } from '@neotool/contracts/events/assets-asset'
import { addEvent } from '@neotool/kit/events/outbox'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { continueTrace } from '@neotool/kit/telemetry'
import { toEventData } from '../asset.ts'
import type { AssetStore } from '../asset-store.ts'
import type { Tables } from '../database.ts'
import type { ObjectStorage } from '../object-storage.ts'

type Deps = { database: Database<Tables>; assets: AssetStore; storage: ObjectStorage }

// An upload may be sent for five minutes; whoever has not confirmed it after an hour has gone away.
const ABANDONED_MS = 60 * 60_000
const BATCH = 500

/**
 * Removes uploads that were never finished, whose bytes then go by their event, and bytes that belong to no asset: a signed
 * address works for five minutes, also when the asset has been deleted meanwhile. Repeating it is harmless.
 */
export const sweepOrphans =
  ({ database, assets, storage }: Deps) =>
  async (now: Date): Promise<{ uploads: number; objects: number }> => {
    const before = new Date(now.getTime() - ABANDONED_MS)
    const trace = continueTrace(undefined)
    const removeSome = (): Promise<number> =>
      inTransaction(database, async (tx) => {
        const removed = await assets.deleteUnfinished(tx, before, BATCH)
        for (const asset of removed) {
          const data = toEventData(asset, asset.createdById)
          await addEvent(tx, assetDeletedV1, { subject: asset.id, data, trace })
        }
        return removed.length
      })
    let uploads = 0
    for (let removed = BATCH; removed === BATCH; uploads += removed) removed = await removeSome()

    let objects = 0
    for await (const stored of storage.listStored(before)) {
      const known = new Set((await assets.loadMany(database, stored)).map(({ id }) => id))
      for (const id of stored.filter((each) => !known.has(each))) {
        await storage.delete(id)
        objects += 1
      }
    }
    return { uploads, objects }
  }
