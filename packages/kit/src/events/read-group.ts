import { setTimeout as delay } from 'node:timers/promises'
import { Consumer, MessagesStreamFallbackModes, MessagesStreamModes } from '@platformatic/kafka'
import type { Logger } from '../telemetry.ts'
import { type Kafka, kafkaOptions } from './kafka.ts'

export type IncomingMessage = {
  readonly topic: string
  readonly partition: number
  readonly offset: bigint
  readonly key: string
  readonly value: string
}

// Enough to keep the database busy; what is beyond it stays in the broker.
const MOST_UNDER_WAY = 200
const LAG_EVERY_MS = 5_000
// A service has 25 s to end; what is not done by then is delivered again to another replica.
const LONGEST_END_MS = 8_000

const toText = (data: Buffer | undefined): string => data?.toString('utf8') ?? ''

/**
 * Reads as a member of a group until the signal or a failure ends it. `deliver` gets the messages of one partition one
 * after the other; its success lets the offset be committed, its failure ends the reading, so that nothing is skipped.
 */
export const readGroup = async ({
  kafka,
  group,
  topics,
  deliver,
  onLag,
  log,
  signal,
}: {
  kafka: Kafka
  group: string
  topics: readonly string[]
  deliver: (message: IncomingMessage) => Promise<void>
  onLag: (events: number) => void
  log: Logger
  signal: AbortSignal
}): Promise<void> => {
  const consumer = new Consumer<string, string, string, string>({
    ...kafkaOptions(kafka),
    groupId: group,
    deserializers: { key: toText, value: toText, headerKey: toText, headerValue: toText },
    autocommit: false,
    minBytes: 1,
    maxWaitTime: 1_000,
    // A replica that was killed is missed after six seconds, and its partitions go to the others.
    sessionTimeout: 6_000,
    heartbeatInterval: 2_000,
    rebalanceTimeout: 10_000,
  })
  try {
    consumer.on('consumer:lag', (lag) => onLag(sumOf(lag)))
    const stream = await consumer.consume({
      topics: [...topics],
      mode: MessagesStreamModes.COMMITTED,
      fallbackMode: MessagesStreamFallbackModes.EARLIEST,
    })
    consumer.startLagMonitoring({ topics: [...topics] }, LAG_EVERY_MS)
    await new Promise<void>((resolve, reject) => {
      const lanes = createLanes(deliver, { onRoom: () => stream.resume(), onFailure: reject })
      stream.on('error', reject)
      stream.on('close', () => reject(new Error('the broker ended the reading')))
      stream.on('data', (message) => {
        const isFull = lanes.add(message, () =>
          Promise.resolve(message.commit()).catch((error: unknown) => {
            // Another member has the partition now: it gets the message again, and the inbox knows it.
            log.info({ err: error }, 'an offset was not committed')
          }),
        )
        if (isFull) stream.pause()
      })
      const stop = async () => {
        stream.pause()
        await Promise.race([lanes.end(), delay(LONGEST_END_MS)])
        resolve()
      }
      if (signal.aborted) void stop()
      else signal.addEventListener('abort', stop, { once: true })
    })
  } finally {
    consumer.stopLagMonitoring()
    await consumer.close(true)
  }
}

/** One queue for each partition; the queues run side by side. */
const createLanes = (
  deliver: (message: IncomingMessage) => Promise<void>,
  { onRoom, onFailure }: { onRoom: () => void; onFailure: (error: unknown) => void },
) => {
  const lanes = new Map<string, Promise<void>>()
  const commits = new Map<string, Promise<void>>()
  let underWay = 0
  let isOver = false
  return {
    /** Queues a message; true where the sender should wait for `onRoom`. */
    add(message: IncomingMessage, commit: () => Promise<void>): boolean {
      const lane = `${message.topic}/${message.partition}`
      underWay += 1
      const step = (lanes.get(lane) ?? Promise.resolve()).then(async () => {
        try {
          // After a failure nothing more is delivered: a later success must not commit past it.
          if (isOver) return
          await deliver(message)
          // Not awaited: commits of one partition are sent together, and a lost one costs a repetition only.
          commits.set(lane, commit())
        } catch (error) {
          isOver = true
          onFailure(error)
        } finally {
          underWay -= 1
          if (underWay === MOST_UNDER_WAY / 2) onRoom()
        }
      })
      lanes.set(lane, step)
      return underWay >= MOST_UNDER_WAY
    },
    /** Delivers nothing more; resolves when what is under way is done and committed, for closing would drop its commits. */
    async end(): Promise<void> {
      isOver = true
      await Promise.all(lanes.values())
      // A commit covers those before it in its partition, so the last one of each is enough.
      await Promise.all(commits.values())
    },
  }
}

const sumOf = (lag: ReadonlyMap<string, readonly bigint[]>): number =>
  [...lag.values()].flat().reduce((sum, events) => sum + Math.max(0, Number(events)), 0)
