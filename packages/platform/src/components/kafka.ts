import { join } from 'node:path'
import { assertJava, kafkaBinaries } from '../binaries/kafka.ts'
import { type Component, portOf } from '../component.ts'
import { ensureDataOwner } from '../data-owner.ts'
import type { Environment } from '../environment.ts'
import { probeKafka } from '../kafka-probe.ts'
import { clusterIdOf, formatKafkaLog, kafkaProgram, kafkaSettings, writeKafkaConfiguration } from '../kafka-server.ts'
import { firstFreePort, isPortFree } from '../ports.ts'
import { makePrivateDirectory } from '../postgres-server.ts'
import { runCommand } from '../run-command.ts'
import { fetching } from './fetching.ts'

export type KafkaComponent = Component & { bootstrapServers(environment: Environment): string }

/**
 * Nobody but the broker calls its controller, so that port is chosen at each start: above the ports of all environments,
 * below Linux's range for outgoing connections, and from another number up for each broker that starts at this moment.
 */
const controllerPort = (port: number): Promise<number> => firstFreePort(30_000 + (port % 2_500), new Set(), isPortFree)

const createTopics = 'packages/kit/src/ops/create-topics.ts'

/** One Kafka broker, its own controller, with the topics of contracts/events. */
export const kafkaComponent = (): KafkaComponent => {
  const component = { name: 'kafka' }
  // Beside PostgreSQL's data: what was published and what it was published from are kept or lost together.
  const directoryOf = (environment: Environment) => join(environment.dataDirectory, 'kafka')
  const bootstrapServers = (environment: Environment) => `127.0.0.1:${portOf(environment, component)}`
  return {
    ...component,
    port: { from: 17_092 },
    dependsOn: [],
    preparations: [fetching(kafkaBinaries.title, async () => kafkaBinaries)],
    sources: ['packages/platform/binaries/kafka'],
    // After a crash it reads the ends of its logs again.
    readyWithinMs: 60_000,
    url: (environment) => `kafka://${bootstrapServers(environment)}`,
    bootstrapServers,
    launch: async (environment) => ({
      ...kafkaProgram(directoryOf(environment)),
      cwd: environment.dataDirectory,
      user: 'person',
      stopSignal: 'SIGTERM',
      graceMs: 30_000,
    }),
    settings: (environment) => kafkaSettings(directoryOf(environment), portOf(environment, component)),
    prepare: async (environment, { progress, signal }) => {
      await assertJava()
      progress('preparing the data directory')
      const [directory, port] = [directoryOf(environment), portOf(environment, component)]
      const clusterId = clusterIdOf(Buffer.from(environment.secret('kafka cluster id'), 'base64'))
      await makePrivateDirectory(environment.dataDirectory, await ensureDataOwner())
      await writeKafkaConfiguration(directory, { port, controllerPort: await controllerPort(port) })
      await formatKafkaLog(directory, { clusterId, signal })
    },
    probe: (environment) => probeKafka(portOf(environment, component)),
    whenReady: async (environment) => {
      const { PATH = '', HOME = '/' } = process.env
      await runCommand(process.execPath, [createTopics], {
        cwd: environment.root,
        env: { PATH, HOME, KAFKA_BOOTSTRAP_SERVERS: bootstrapServers(environment) },
        advice: 'Mend the cause and run ./neotool up again: topics that are there stay as they are.',
      })
    },
  }
}
