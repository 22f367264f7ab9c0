/*
 * A Kafka broker for tests, with the settings of an environment's: it can be killed and started again over its data.
 * It ends with the process that started it, even when that one is killed.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assertJava, kafkaBinaries } from './binaries/kafka.ts'
import { fetchBinaries } from './cache.ts'
import { PlatformError } from './failure.ts'
import { probeKafka } from './kafka-probe.ts'
import { clusterIdOf, formatKafkaLog, kafkaProgram, writeKafkaConfiguration } from './kafka-server.ts'
import { lastLines } from './log-tail.ts'
import { waitUntilReady } from './probe.ts'
import { isAlive, isStopped, stopProcess, untilTrue } from './processes.ts'
import { portForTest } from './test-ports.ts'
import { type Server, startChild } from './test-servers.ts'

export type KafkaServer = AsyncDisposable & {
  /** host:port, for as long as the server is used. */
  readonly bootstrapServers: string
  /** Of the process that runs now, or that ran last. */
  readonly pid: number
  /** Sends a signal, and unless it only pauses or continues the broker, waits until that has ended. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Starts the broker over the same data and on the same port, after ending it kindly if it runs; resolves when it is ready. */
  restart(): Promise<void>
  /** Ends the broker and deletes its data. */
  stop(): Promise<void>
}

/** Starts a broker of one's own, without topics; fetches the binaries when they are missing. */
export const startKafkaServer = async (options: { directory?: string } = {}): Promise<KafkaServer> => {
  await assertJava()
  await fetchBinaries(kafkaBinaries, () => {})
  const parent = options.directory ?? tmpdir()
  await mkdir(parent, { recursive: true })
  const directory = await mkdtemp(join(parent, 'neotool-test-kafka-'))
  const port = await portForTest()
  const logFile = join(directory, 'kafka.log')

  const start = async (): Promise<Server> => {
    const controllerPort = await portForTest()
    await writeKafkaConfiguration(directory, { port, controllerPort })
    await formatKafkaLog(directory, { clusterId: clusterIdOf(randomBytes(16)) })
    const { command, args, env } = kafkaProgram(directory)
    return startChild(command, args, { directory, logFile, owner: undefined, stopSignal: 'SIGTERM', env })
  }
  const untilReady = ({ identity }: Server) =>
    waitUntilReady(
      'Kafka',
      async () => {
        if (isAlive(identity)) return probeKafka(port)
        throw new PlatformError('Kafka ended while it started.', { logLines: lastLines(logFile, 15) })
      },
      { withinMs: 120_000 },
    )
  const end = ({ identity }: Server) => stopProcess(identity, { stopSignal: 'SIGTERM', graceMs: 15_000 })

  let server = await start()
  const stop = async () => {
    await end(server)
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await untilReady(server)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    bootstrapServers: `127.0.0.1:${port}`,
    get pid() {
      return server.identity.pid
    },
    kill: async (signal) => {
      const { identity } = server
      if (!isAlive(identity)) return
      process.kill(identity.pid, signal)
      if (signal === 'SIGCONT') return
      const isDone = () => (signal === 'SIGSTOP' ? isStopped(identity.pid) : !isAlive(identity))
      if (await untilTrue(isDone, 60_000, 5)) return
      throw new PlatformError(`Kafka (pid ${identity.pid}) goes on a minute after ${signal}.`)
    },
    restart: async () => {
      await end(server)
      server = await start()
      await untilReady(server)
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
