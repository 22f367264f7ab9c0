/**
 * Consumers: each is a Kafka group that brings events to one effect in this service's database; see inbox.ts for what
 * "exactly once in effect" rests on. Events of one partition are taken one after the other, partitions side by side;
 * offsets are committed after the effect, so a crash repeats deliveries and loses none.
 */
import { createHash } from 'node:crypto'
import { type DataOf, type Envelope, type EventType, envelope } from '@neotool/contracts/events/event'
import { startLoop } from '../loop.ts'
import type { Database, Tx } from '../postgres.ts'
import { continueTrace, type Logger, type Metrics, type Trace } from '../telemetry.ts'
import type { EventTables } from './event-tables.ts'
import { type Inbox, receive, retryOne } from './inbox.ts'
import type { Kafka } from './kafka.ts'
import { type IncomingMessage, readGroup } from './read-group.ts'

/** An event as a handler gets it: the envelope, with the data of its own type. */
export type Received<Event extends EventType> =
  Event extends EventType<infer Type>
    ? Omit<Envelope, 'type' | 'data'> & { readonly type: Type; readonly data: DataOf<Event> }
    : never

export type HandlerContext = { readonly trace: Trace; readonly log: Logger }

export type ConsumerDefinition<Tables extends EventTables> = {
  /** `neotool.<service>.<what-for>`: the Kafka group, and the name in the inbox. */
  readonly group: string
  readonly events: readonly EventType[]
  readonly handle: (tx: Tx<Tables>, event: Envelope, context: HandlerContext) => Promise<void>
}

/**
 * Declares a consumer. `handle` runs in one transaction with the inbox row: all its effects belong into `tx`; what it
 * throws parks the event, or sends it to the dead letters where another attempt cannot help.
 */
export const defineConsumer = <Tables extends EventTables, const Events extends readonly EventType[]>({
  group,
  events,
  handle,
}: {
  group: string
  events: Events
  handle: (tx: Tx<Tables>, event: Received<Events[number]>, context: HandlerContext) => Promise<void>
}): ConsumerDefinition<Tables> => ({
  group,
  events,
  handle: async (tx, event, context) => {
    const { data } = events.find(({ type }) => type === event.type) ?? {}
    await handle(tx, { ...event, data: data?.parse(event.data) } as Received<Events[number]>, context)
  },
})

/** 5 s for a hiccup, 1 min for a restart, 15 min for a person to look; then the dead letters. */
export const RETRY_DELAYS_MS: readonly number[] = [5_000, 60_000, 900_000]

const POLL_MS = 1_000

/** Starts a consumer; it connects again by itself after any failure of the broker or the database. */
export const startConsumer = <Tables extends EventTables>({
  definition,
  service,
  database,
  kafka,
  log: parentLog,
  metrics,
  retryDelaysMs = RETRY_DELAYS_MS,
}: {
  definition: ConsumerDefinition<Tables>
  service: string
  database: Database<Tables>
  kafka: Kafka
  log: Logger
  metrics: ConsumerMetrics
  retryDelaysMs?: readonly number[]
}): { stop(): Promise<void> } => {
  const { group } = definition
  const log = parentLog.child({ consumer: group })
  const known = new Set(definition.events.map(({ type }) => type))
  const topics = [...new Set(definition.events.map(({ topic }) => topic))]
  const inbox: Inbox<Tables> = {
    database,
    service,
    consumer: group,
    retryDelaysMs,
    effect: (tx, event) => {
      const trace = continueTrace(event.traceparent)
      return definition.handle(tx, event, { trace, log: log.child({ traceId: trace.traceId, eventId: event.id }) })
    },
  }
  const deliver = async (message: IncomingMessage): Promise<void> => {
    const event = parseEvent(message)
    // A type that this release does not know is a newer one's: not ours to judge.
    if (event.type !== UNREADABLE && !known.has(event.type)) return
    const outcome = await receive(inbox, { topic: message.topic, key: message.key, event })
    metrics.received.inc({ group, outcome })
    metrics.age.observe({ group }, Math.max(0, (Date.now() - Date.parse(event.time)) / 1_000))
    const [, traceId] = event.traceparent?.split('-') ?? []
    log.info({ traceId, eventId: event.id, type: event.type, outcome }, 'event')
  }
  const reading = startLoop({
    name: `${group}: reading`,
    pollMs: POLL_MS,
    log,
    work: async (signal) => {
      const onLag = (lag: number) => metrics.lag.set({ group }, lag)
      await readGroup({ kafka, group, topics, deliver, onLag, log, signal })
      return 'again'
    },
    end: async () => {},
  })
  const retrying = startLoop({
    name: `${group}: retrying`,
    pollMs: POLL_MS,
    log,
    work: async () => {
      const outcome = await retryOne(inbox)
      if (outcome !== undefined) metrics.received.inc({ group, outcome })
      return outcome === undefined ? 'wait' : 'again'
    },
    end: async () => {},
  })
  return {
    stop: async () => {
      await Promise.all([reading.stop(), retrying.stop()])
    },
  }
}

/** The metrics that all consumers of a service share. */
export const createConsumerMetrics = (metrics: Metrics) => ({
  received: metrics.counter('events_received_total', 'Events by what became of them', ['group', 'outcome']),
  age: metrics.duration('event_age_seconds', 'From the event until its effect', ['group']),
  lag: metrics.labelledGauge('consumer_lag_events', 'Events that a group has not read yet', ['group']),
})

export type ConsumerMetrics = ReturnType<typeof createConsumerMetrics>

const UNREADABLE = 'neotool.unreadable'

/** A message that is no event of ours still gets an id, always the same one, so that it reaches the dead letters once. */
const parseEvent = ({ topic, partition, offset, key, value }: IncomingMessage): Envelope => {
  try {
    return envelope.parse(JSON.parse(value))
  } catch (error) {
    const hash = createHash('sha256').update(`${topic}/${partition}/${offset}`).digest('hex')
    const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
    return {
      specversion: '1.0',
      id,
      source: '/neotool/unreadable',
      type: UNREADABLE,
      subject: key || 'unknown',
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      partitionkey: key || 'unknown',
      data: {
        topic,
        partition,
        offset: String(offset),
        value: value.slice(0, 10_000),
        error: String(error).slice(0, 500),
      },
    }
  }
}
