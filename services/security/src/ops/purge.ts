import { purgeEvents } from '@neotool/kit/events/outbox'
import { openDatabase } from '@neotool/kit/postgres'
import { runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { loadConfig } from '../config.ts'
import type { Tables } from '../database.ts'
import { purgeExpired } from '../purge-expired.ts'

/**
 * Deletes events, sessions, links and counters that nobody needs any more, and prints how many rows of each, as one line of
 * JSON; repeating it is harmless.
 */
runMain(async () => {
  const { postgres } = loadConfig(process.env)
  // Standard output is for the one line alone.
  const log = createLogger({ service: 'security', level: 'silent' })
  const database = openDatabase<Tables>({
    url: postgres.url,
    service: 'security',
    log,
    metrics: createMetrics('security'),
  })
  try {
    console.log(JSON.stringify({ ...(await purgeEvents(database)), ...(await purgeExpired(database, new Date())) }))
  } finally {
    await database.destroy()
  }
})
