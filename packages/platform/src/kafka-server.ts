/** What an environment's Kafka and the throwaway one of the tests have in common. */
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { javaProgram, kafkaClassPath, kafkaLogSettings } from './binaries/kafka.ts'
import { runCommand } from './run-command.ts'

const hoursPerWeek = 7 * 24

/** Everything that differs from Kafka's defaults for one small broker, and what must not differ when those change. */
const brokerSettings = {
  'process.roles': 'broker,controller',
  'node.id': 1,
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'controller.listener.names': 'CONTROLLER',
  'inter.broker.listener.name': 'PLAINTEXT',

  // Topics come from contracts/events; a mistyped name shall be an error, not a new topic.
  'auto.create.topics.enable': false,
  'num.partitions': 1,
  'default.replication.factor': 1,
  'min.insync.replicas': 1,
  'unclean.leader.election.enable': false,

  // As long as outbox rows stay after their publication. No limit by size: it would drop events that nobody has read.
  'log.retention.hours': hoursPerWeek,
  'log.retention.bytes': -1,
  // Retention and compaction spare the newest segment, so a quiet topic gets a new one each day.
  'log.roll.hours': 24,
  'log.segment.bytes': 64 * 2 ** 20,
  'log.index.size.max.bytes': 2 ** 20,
  'log.preallocate': false,
  'metadata.log.segment.bytes': 16 * 2 ** 20,

  // One broker: its own topics have one replica, and as many partitions as a few consumer groups need.
  'offsets.topic.replication.factor': 1,
  'offsets.topic.num.partitions': 4,
  'offsets.topic.segment.bytes': 16 * 2 ** 20,
  'transaction.state.log.replication.factor': 1,
  'transaction.state.log.min.isr': 1,
  'transaction.state.log.num.partitions': 4,
  'transaction.state.log.segment.bytes': 16 * 2 ** 20,
  // An environment that stood still for a holiday goes on where it was.
  'offsets.retention.minutes': 30 * 24 * 60,
  // There are no other members worth three seconds of waiting.
  'group.initial.rebalance.delay.ms': 0,

  // After a kill -9 the controller refuses the broker until the session of its predecessor ends: 14 s with the default of 9 s.
  'broker.session.timeout.ms': 3_000,
  'broker.heartbeat.interval.ms': 500,
  // Else an idle broker writes two records per second to its metadata log, for standby controllers that do not exist.
  'metadata.max.idle.interval.ms': 0,

  // The default of 128 MB is half of our heap.
  'log.cleaner.dedupe.buffer.size': 8 * 2 ** 20,
  'num.network.threads': 2,
  'num.io.threads': 4,
  'background.threads': 4,
  'num.recovery.threads.per.data.dir': 2,
} as const

const logDirectory = (directory: string) => join(directory, 'log')

type Ports = { readonly port: number; readonly controllerPort: number }

/** The settings of the broker except for its controller's port, which is chosen anew at each start. */
export const kafkaSettings = (directory: string, port: number): Record<string, string | number | boolean> => ({
  ...brokerSettings,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  'log.dirs': logDirectory(directory),
})

const propertiesFile = (directory: string) => join(directory, 'server.properties')

/** Writes the broker's configuration into its directory, which is for its user alone. */
export const writeKafkaConfiguration = async (directory: string, { port, controllerPort }: Ports): Promise<void> => {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const settings = {
    ...kafkaSettings(directory, port),
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'controller.quorum.voters': `${brokerSettings['node.id']}@127.0.0.1:${controllerPort}`,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`)
  await writeFile(propertiesFile(directory), lines.join(''))
}

/*
 * The simple compiler alone: 1.1 million events cost it 3.7 s of processor time, both compilers 6.1 s, at the same
 * throughput and with 50 MB more. Measured with everything on two cores; a cluster's brokers run with Java's defaults.
 */
const javaOptions = [
  '-Xms64m',
  '-Xmx256m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-Duser.timezone=UTC',
  '-Djava.awt.headless=true',
]

const javaArguments = (main: string, ...args: string[]) => [
  ...javaOptions,
  `-Dlog4j.configuration=file:${kafkaLogSettings}`,
  '-cp',
  kafkaClassPath(),
  main,
  ...args,
]

/** How to start the broker whose configuration and data are in the directory. */
export const kafkaProgram = (directory: string): { command: string; args: string[]; env: Record<string, string> } => ({
  command: javaProgram(),
  args: javaArguments('kafka.Kafka', propertiesFile(directory)),
  // Else the C library keeps an arena of freed memory for each of Java's threads.
  env: { MALLOC_ARENA_MAX: '2' },
})

/** A cluster id is 16 bytes, written like this. */
export const clusterIdOf = (bytes: Buffer): string => bytes.subarray(0, 16).toString('base64url')

/**
 * Makes the log directory that the written configuration names, unless it is there. Safe to repeat after an
 * interruption: the tool writes meta.properties last, and whole.
 */
export const formatKafkaLog = async (
  directory: string,
  { clusterId, signal }: { clusterId: string; signal?: AbortSignal | undefined },
): Promise<void> => {
  if (existsSync(join(logDirectory(directory), 'meta.properties'))) return
  const format = ['format', '--ignore-formatted', `--cluster-id=${clusterId}`, '--config', propertiesFile(directory)]
  await runCommand(javaProgram(), javaArguments('kafka.tools.StorageTool', ...format), { cwd: directory, signal })
}
