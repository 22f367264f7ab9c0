import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Admin, Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kafkaBinaries } from '../src/binaries/kafka.ts'
import { fetchBinaries } from '../src/cache.ts'
import { probeKafka } from '../src/kafka-probe.ts'
import { clusterIdOf, formatKafkaLog, writeKafkaConfiguration } from '../src/kafka-server.ts'
import { identify, isAlive, untilTrue } from '../src/processes.ts'
import { type KafkaServer, startKafkaServer } from '../src/test-kafka.ts'

const topic = 'neotool.test.things'

const client = ({ bootstrapServers }: KafkaServer) => ({
  clientId: 'neotool-test',
  bootstrapBrokers: [bootstrapServers],
  retries: 25,
  retryDelay: 200,
})

const createTopic = async (server: KafkaServer): Promise<void> => {
  const admin = new Admin(client(server))
  await admin.createTopics({ topics: [topic], partitions: 3, replicas: 1 })
  await admin.close()
}

/** Resolves when the broker has acknowledged all of them. */
const produce = async (server: KafkaServer, values: readonly string[]): Promise<void> => {
  const producer = new Producer({
    ...client(server),
    serializers: stringSerializers,
    idempotent: true,
    acks: -1,
    autocreateTopics: false,
  })
  try {
    await producer.send({ messages: values.map((value) => ({ topic, key: value.split(' ')[0] ?? '', value })) })
  } finally {
    await producer.close()
  }
}

/** Reads a number of events from the beginning. */
const consume = async (server: KafkaServer, count: number): Promise<string[]> => {
  const consumer = new Consumer({ ...client(server), groupId: 'neotool-test', deserializers: stringDeserializers })
  const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false })
  const values: string[] = []
  for await (const { value } of stream) {
    values.push(value)
    if (values.length === count) break
  }
  await consumer.close(true)
  return values
}

const events = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `key-${index % 7} ${from + index}`)

const ofKey = (values: readonly string[], key: string) => values.filter((value) => value.startsWith(`${key} `))

describe('a broker', () => {
  let server: KafkaServer

  beforeAll(async () => {
    server = await startKafkaServer()
    await createTopic(server)
  })

  afterAll(() => server.stop())

  test('creates no topic because somebody names it', async () => {
    const admin = new Admin({ ...client(server), retries: 0 })
    await expect(admin.metadata({ topics: ['neotool.test.mistyped'], autocreateTopics: true })).rejects.toThrow()
    expect(await admin.listTopics()).toEqual([topic])
    await admin.close()
  })

  test('keeps what it acknowledged over a restart and a kill -9, in order per key', async () => {
    const before = events(0, 100)
    await produce(server, before)
    const { bootstrapServers, pid } = server
    await server.restart()
    expect(server.pid).not.toBe(pid)
    expect(server.bootstrapServers).toBe(bootstrapServers)

    const after = events(100, 500)
    await produce(server, after)
    await server.kill('SIGKILL')
    await expect(probeKafka(Number(bootstrapServers.split(':')[1]))).rejects.toThrow('ECONNREFUSED')
    await server.restart()

    const values = await consume(server, 600)
    for (let key = 0; key < 7; key += 1) {
      expect(ofKey(values, `key-${key}`)).toEqual(ofKey([...before, ...after], `key-${key}`))
    }
  })
})

test('the log directory is made once and then left alone', async () => {
  await fetchBinaries(kafkaBinaries, () => {})
  const directory = await mkdtemp(join(tmpdir(), 'neotool-test-kafka-'))
  try {
    const identityOf = () => readFile(join(directory, 'log/meta.properties'), 'utf8')
    await writeKafkaConfiguration(directory, { port: 12_001, controllerPort: 12_002 })
    // A leading hyphen is what the storage tool might take for an option.
    const clusterId = clusterIdOf(Buffer.alloc(32, 0xfb))
    expect(clusterId).toMatch(/^-/)
    await formatKafkaLog(directory, { clusterId })
    const identity = await identityOf()
    expect(identity).toContain(`cluster.id=${clusterId}`)
    await formatKafkaLog(directory, { clusterId: clusterIdOf(Buffer.alloc(32, 1)) })
    expect(await identityOf()).toBe(identity)
  } finally {
    await rm(directory, { recursive: true })
  }
})

test('a broker ends with the process that started it, even when that is killed', async () => {
  const module = JSON.stringify(import.meta.resolve('../src/test-kafka.ts'))
  const directory = await mkdtemp(join(tmpdir(), 'neotool-test-'))
  try {
    const script = `const { startKafkaServer } = await import(${module})
      const { pid } = await startKafkaServer({ directory: ${JSON.stringify(directory)} })
      console.log(pid)
      setInterval(() => {}, 1000)`
    const starter = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const pid = await new Promise<number>((resolve, reject) => {
      starter.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())))
      starter.once('exit', () => reject(new Error('The starter ended.')))
    })
    const broker = identify(pid)
    expect(broker).toBeDefined()
    starter.kill('SIGKILL')
    expect(await untilTrue(() => broker !== undefined && !isAlive(broker), 60_000)).toBe(true)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
})
