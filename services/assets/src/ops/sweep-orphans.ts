import { openDatabase } from '@neotool/kit/postgres'
import { runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { assetStore as assets } from '../asset-store.ts'
import { loadConfig } from '../config.ts'
import type { Tables } from '../database.ts'
import { s3Storage } from '../object-storage.ts'
import { sweepOrphans } from '../use-cases/sweep-orphans.ts'

/** Removes what abandoned uploads left behind, and prints `{"uploads": rows, "objects": n}`; repeating it is harmless. */
runMain(async () => {
  const { postgres, s3 } = loadConfig(process.env)
  // Standard output is for the one line alone.
  const log = createLogger({ service: 'assets', level: 'silent' })
  const database = openDatabase<Tables>({ url: postgres.url, service: 'assets', log, metrics: createMetrics('assets') })
  const storage = s3Storage(s3)
  try {
    console.log(JSON.stringify(await sweepOrphans({ database, assets, storage })(new Date())))
  } finally {
    storage.close()
    await database.destroy()
  }
})
