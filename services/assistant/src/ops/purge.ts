import type { EventTables } from '@neotool/kit/events/event-tables'
import { purgeEvents } from '@neotool/kit/events/outbox'
import { openDatabase } from '@neotool/kit/postgres'
import { runMain } from '@neotool/kit/shutdown'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { loadConfig } from '../config.ts'

/** Deletes events that nobody needs any more, and prints `{"outbox": rows, "inbox": rows}`; repeating it is harmless. */
runMain(async () => {
  const { postgres } = loadConfig(process.env)
  // Standard output is for the one line alone.
  const log = createLogger({ service: 'assistant', level: 'silent' })
  const database = openDatabase<EventTables>({
    url: postgres.url,
    service: 'assistant',
    log,
    metrics: createMetrics('assistant'),
  })
  try {
    console.log(JSON.stringify(await purgeEvents(database)))
  } finally {
    await database.destroy()
  }
})
