/*
 * The floor: a producer and a consumer of the same client with the same guarantees of the broker (idempotent, acks=all) and
 * messages of the same size, without a database, an envelope or an effect.
 */
import { setInterval } from 'node:timers/promises'
import { eventually } from '@neotool/testkit/eventually'
import { Admin, Consumer, Producer } from '@platformatic/kafka'
import { type Load, type Measured, percentile } from './measured.ts'

const TOPIC = 'neotool.bench.bare'
const MESSAGE_BYTES = 760
const KEYS = 200

export const measureBareClient = async (
  bootstrapServers: string,
  { events, batch, paced, everyMs }: Load,
): Promise<Measured> => {
  const client = { clientId: 'neotool-bench', bootstrapBrokers: [bootstrapServers] }
  const admin = new Admin(client)
  await admin.createTopics({ topics: [TOPIC], partitions: 6, replicas: 1 })
  await admin.close()
  const producer = new Producer({ ...client, idempotent: true, acks: -1 })
  const consumer = new Consumer({ ...client, groupId: 'neotool.bench', minBytes: 1, maxWaitTime: 1_000 })
  const stream = await consumer.consume({ topics: [TOPIC], mode: 'committed', fallbackMode: 'earliest' })
  const latencies: number[] = []
  let received = 0
  stream.on('data', ({ value }) => {
    received += 1
    latencies.push(performance.now() - Number(value.toString('utf8', 0, 20)))
  })
  let sent = 0
  const message = () => {
    sent += 1
    const value = String(performance.now()).padEnd(20).slice(0, 20).padEnd(MESSAGE_BYTES, '.')
    return { topic: TOPIC, key: Buffer.from(`key-${sent % KEYS}`), value: Buffer.from(value) }
  }
  const send = (count: number) => producer.send({ messages: Array.from({ length: count }, message) })
  const untilReceived = () =>
    eventually(
      'the messages',
      () => received,
      (count) => count >= sent,
      120_000,
    )
  try {
    await send(batch)
    await untilReceived()

    const begin = performance.now()
    for (let count = 0; count < events; count += batch) await send(batch)
    await untilReceived()
    const perSecond = events / ((performance.now() - begin) / 1_000)

    latencies.length = 0
    let count = 0
    for await (const _ of setInterval(everyMs)) {
      await send(1)
      count += 1
      if (count === paced) break
    }
    await untilReceived()
    return { perSecond, p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99) }
  } finally {
    await consumer.close(true)
    await producer.close(true)
  }
}
