import { setTimeout as delay } from 'node:timers/promises'
import type { Topic } from '@neotool/contracts/events/topics'
import { Admin, type BaseOptions, Producer, type ProducerOptions } from '@platformatic/kafka'
import { codeOf } from '../sqlstate.ts'

export type Kafka = { readonly brokers: readonly string[]; readonly clientId: string }

/** What all our clients of Kafka share: short time-outs, because whoever calls them tries again by itself. */
export const kafkaOptions = ({ brokers, clientId }: Kafka): BaseOptions => ({
  clientId,
  bootstrapBrokers: [...brokers],
  timeout: 5_000,
  connectTimeout: 3_000,
  retries: 2,
  retryDelay: 250,
  autocreateTopics: false,
})

export type Message = { readonly topic: string; readonly key: string; readonly value: string }

export type Publisher = {
  /** Returns once every in-sync replica has all messages; messages with one key keep their order. */
  publish(messages: readonly Message[]): Promise<void>
  close(): Promise<void>
}

/**
 * An idempotent producer (acks=all) that is made anew after a failure: its sequence numbers are then unknown, and a broker
 * that has lost them would refuse it for ever.
 */
export const createPublisher = (kafka: Kafka): Publisher => {
  let producer: Producer<string, string> | undefined
  const serialize = (text: string | undefined): Buffer => Buffer.from(text ?? '')
  const options = (): ProducerOptions<string, string, Buffer, Buffer> => ({
    ...kafkaOptions(kafka),
    idempotent: true,
    acks: -1,
    serializers: { key: serialize, value: serialize },
  })
  return {
    async publish(messages) {
      producer ??= new Producer(options()) as Producer<string, string>
      try {
        const sent = producer.send({ messages: messages.map((message) => ({ ...message })) })
        await Promise.race([sent, failAfter(SEND_DEADLINE_MS)])
      } catch (error) {
        const failed = producer
        producer = undefined
        await failed.close(true).catch(() => {})
        throw error
      }
    },
    async close() {
      await producer?.close(true)
      producer = undefined
    },
  }
}

/**
 * How long a publication is waited for. The client's own time-outs bound each of its requests, but not how often it tries a
 * broker that is gone.
 */
export const SEND_DEADLINE_MS = 8_000

const failAfter = async (ms: number): Promise<never> => {
  await delay(ms, undefined, { ref: false })
  throw new Error(`the broker did not take the messages within ${ms} ms`)
}

/** Creates the topics that are missing; those that exist are left as they are. Returns the names of the new ones. */
export const createTopics = async (kafka: Kafka, topics: readonly Topic[], replicas: number): Promise<string[]> => {
  const admin = new Admin(kafkaOptions(kafka))
  try {
    const existing = new Set(await admin.listTopics({ includeInternals: false }))
    const missing = topics.filter(({ name }) => !existing.has(name))
    for (const { name, partitions, configs } of missing) {
      const settings = Object.entries(configs).map(([key, value]) => ({ name: key, value }))
      try {
        await admin.createTopics({ topics: [name], partitions, replicas, configs: settings })
      } catch (error) {
        if (!isTopicThere(error)) throw error
      }
    }
    return missing.map(({ name }) => name)
  } finally {
    await admin.close()
  }
}

/** Another process made the topic between our look and our call. */
const isTopicThere = (error: unknown): boolean =>
  String(error).includes('TOPIC_ALREADY_EXISTS') ||
  (error instanceof AggregateError && error.errors.some(isTopicThere)) ||
  (codeOf(error) !== undefined && error instanceof Error && 'apiId' in error && error.apiId === 'TOPIC_ALREADY_EXISTS')
