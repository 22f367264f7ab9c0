/* A process with a relay alone, for tests to kill. */
import { Secret } from '@neotool/kit/config'
import type { EventTables } from '@neotool/kit/events/event-tables'
import { createPublisher } from '@neotool/kit/events/kafka'
import { startOutboxRelay } from '@neotool/kit/events/relay'
import { openDatabase } from '@neotool/kit/postgres'
import { createLogger, createMetrics } from '@neotool/kit/telemetry'

const { URL = '', DIRECT_URL = '', BROKER = '' } = process.env
const log = createLogger({ service: 'test', level: 'silent' })
const metrics = createMetrics('test')

startOutboxRelay({
  database: openDatabase<EventTables>({ url: new Secret(URL), service: 'test', log, metrics }),
  directUrl: new Secret(DIRECT_URL),
  publisher: createPublisher({ brokers: [BROKER], clientId: 'test-relay-process' }),
  log,
  metrics,
})
