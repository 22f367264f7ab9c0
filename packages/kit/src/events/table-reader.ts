/**
 * Reads a compacted topic as a table: all of it, from the beginning, without a consumer group, in every process. It has
 * caught up when it has seen what was there when it began, and from then on it stays at most a fetch behind.
 */
import type { TableTopic } from '@neotool/contracts/events/tables'
import { Consumer, findErrorBy, type KafkaRecord } from '@platformatic/kafka'
import type { z } from 'zod'
import { unavailable } from '../errors.ts'
import type { ReadinessCheck } from '../http.ts'
import { startLoop } from '../loop.ts'
import type { Logger } from '../telemetry.ts'
import { type Kafka, kafkaOptions } from './kafka.ts'

export type TableReader = {
  /** Fails until the reader has caught up once: until then this process does not know what it must refuse. */
  readonly caughtUp: ReadinessCheck
  /** Fails while the broker cannot be read. */
  readonly connected: ReadinessCheck
  stop(): Promise<void>
}

type FetchResponsePartition = Awaited<ReturnType<Consumer['fetch']>>['responses'][number]['partitions'][number]

const FETCH_WAIT_MS = 1_000
const PARTITION = 0
const PARTITION_BYTES = 1_048_576

/**
 * Starts reading; `onEntry` gets every entry, old ones first, and `undefined` where a key was removed. An entry that does
 * not fit the schema, or that `onEntry` throws at, is logged and left out: the table keeps what it had for that key.
 */
export const startTableReader = <Table extends TableTopic>({
  table,
  kafka,
  log: parentLog,
  onEntry,
  onRefused = () => {},
}: {
  table: Table
  kafka: Kafka
  log: Logger
  onEntry: (key: string, entry: z.output<Table['entry']> | undefined) => void
  onRefused?: () => void
}): TableReader => {
  const log = parentLog.child({ table: table.topic })
  let topicId: string | undefined
  let offset: bigint | undefined
  let hasCaughtUp = false
  let isConnected = false

  const take = (record: KafkaRecord): void => {
    const key = record.key?.toString('utf8') ?? ''
    try {
      const entry = record.value === null ? undefined : table.entry.parse(JSON.parse(record.value.toString('utf8')))
      onEntry(key, entry as z.output<Table['entry']> | undefined)
    } catch (error) {
      onRefused()
      log.error({ err: error, key }, 'an entry was refused; what was there before stays')
    }
  }
  const read = async (signal: AbortSignal): Promise<void> => {
    const consumer = new Consumer({ ...kafkaOptions(kafka), groupId: `${kafka.clientId}-without-group` })
    try {
      consumer.topics.track(table.topic)
      const present = await topicIdOf(consumer, table.topic)
      // A topic that was made anew has other entries at the same offsets.
      if (present !== topicId) offset = undefined
      topicId = present
      const end = await edgeOf(consumer, table.topic, LATEST)
      offset ??= await edgeOf(consumer, table.topic, EARLIEST)
      while (!signal.aborted) {
        if (offset >= end) hasCaughtUp = true
        const answer = await fetchPartition(consumer, table.topic, present, offset)
        isConnected = true
        offset = takeRecords(answer, offset, take)
      }
    } catch (error) {
      // What we asked for was deleted meanwhile: only the whole table, from its beginning, is sure to miss nothing.
      if (isOutOfRange(error)) offset = undefined
      throw error
    } finally {
      isConnected = false
      await consumer.close(true)
    }
  }
  const loop = startLoop({
    name: `table ${table.topic}`,
    pollMs: 500,
    log,
    work: async (signal) => {
      await read(signal)
      return 'again'
    },
    end: async () => {},
  })
  return {
    caughtUp: async () => {
      if (!hasCaughtUp) throw unavailable('NOT_CAUGHT_UP', `${table.topic} has not been read to its end yet`)
    },
    connected: async () => {
      if (!isConnected) throw unavailable('BROKER_UNAVAILABLE', `${table.topic} cannot be read now`)
    },
    stop: () => loop.stop(),
  }
}

// https://kafka.apache.org/protocol#The_Messages_ListOffsets
const LATEST = -1n
const EARLIEST = -2n

const edgeOf = async (consumer: Consumer, topic: string, timestamp: bigint): Promise<bigint> => {
  const offsets = await consumer.listOffsets({ topics: [topic], timestamp })
  const edge = offsets.get(topic)?.[PARTITION]
  if (edge === undefined) throw new Error(`${topic} has no partition ${PARTITION}: create the topics first`)
  return edge
}

const isOutOfRange = (error: unknown): boolean =>
  error instanceof Error && findErrorBy(error, 'apiId', 'OFFSET_OUT_OF_RANGE') !== null

const topicIdOf = async (consumer: Consumer, topic: string): Promise<string> => {
  const { topics } = await consumer.metadata({ topics: [topic] })
  const found = topics.get(topic)
  if (found === undefined) throw new Error(`${topic} does not exist: create the topics first`)
  return found.id
}

/** Fails where the topic no longer has this id. */
const fetchPartition = async (
  consumer: Consumer,
  topic: string,
  topicId: string,
  offset: bigint,
): Promise<FetchResponsePartition> => {
  const { topics } = await consumer.metadata({ topics: [topic] })
  const leader = topics.get(topic)?.partitions[PARTITION]?.leader
  if (leader === undefined) throw new Error(`${topic} has no leader`)
  const partition = {
    partition: PARTITION,
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
    fetchOffset: offset,
    partitionMaxBytes: PARTITION_BYTES,
  }
  const { responses } = await consumer.fetch({
    node: leader,
    topics: [{ topicId, partitions: [partition] }],
    minBytes: 1,
    maxWaitTime: FETCH_WAIT_MS,
  })
  const answer = responses[0]?.partitions[0]
  // A fetch session leaves out a partition that has nothing new.
  return answer ?? { ...NOTHING_NEW }
}

const NOTHING_NEW: FetchResponsePartition = {
  partitionIndex: PARTITION,
  errorCode: 0,
  highWatermark: -1n,
  lastStableOffset: -1n,
  logStartOffset: -1n,
  abortedTransactions: null,
  preferredReadReplica: -1,
}

/** Gives the records from `offset` on to `take` and returns the offset to go on from. */
const takeRecords = (
  { records }: FetchResponsePartition,
  offset: bigint,
  take: (record: KafkaRecord) => void,
): bigint => {
  let next = offset
  for (const batch of records ?? []) {
    // A batch can begin before the offset that was asked for; compaction leaves gaps.
    for (const record of batch.records) {
      const position = batch.firstOffset + BigInt(record.offsetDelta)
      if (position < next) continue
      take(record)
      next = position + 1n
    }
    const afterBatch = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n
    if (afterBatch > next) next = afterBatch
  }
  return next
}
