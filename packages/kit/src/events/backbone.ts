import type { Secret } from '../config.ts'
import type { Database } from '../postgres.ts'
import type { ShutdownStep } from '../shutdown.ts'
import type { Logger, Metrics } from '../telemetry.ts'
import { type ConsumerDefinition, createConsumerMetrics, startConsumer } from './consumer.ts'
import type { EventTables } from './event-tables.ts'
import { createPublisher, type Kafka } from './kafka.ts'
import { startOutboxRelay } from './relay.ts'

/**
 * Starts what a service sends and receives events with: the relay of its outbox and its consumers. Stop it by `steps`, in
 * their order, once no request can write into the outbox any more.
 */
export const startEvents = <Tables extends EventTables>({
  service,
  database,
  directUrl,
  kafka,
  consumers,
  log,
  metrics,
}: {
  service: string
  database: Database<Tables>
  directUrl: Secret
  kafka: Kafka
  consumers: readonly ConsumerDefinition<Tables>[]
  log: Logger
  metrics: Metrics
}): { readonly steps: readonly ShutdownStep[] } => {
  const publisher = createPublisher(kafka)
  const events = database as unknown as Database<EventTables>
  const relay = startOutboxRelay({ database: events, directUrl, publisher, log, metrics })
  const shared = { service, database, kafka, log, metrics: createConsumerMetrics(metrics) }
  const started = consumers.map((definition) => startConsumer({ ...shared, definition }))
  return {
    steps: [
      ['stop the consumers', () => Promise.all(started.map((consumer) => consumer.stop()))],
      ['empty the outbox', () => relay.stop()],
      ['close the producer', () => publisher.close()],
    ],
  }
}
