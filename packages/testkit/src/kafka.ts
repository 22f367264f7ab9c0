import { TOPICS } from '@neotool/contracts/events/topics'
import { createTopics } from '@neotool/kit/events/kafka'
import { type KafkaServer, startKafkaServer } from '@neotool/platform/test-kafka'

export type { KafkaServer } from '@neotool/platform/test-kafka'

/**
 * Starts a broker of one's own that has all topics. Whoever looks at what a service's consumers do, or writes what every
 * service believes, needs one: on a shared broker the services of other tests are in the same groups and read the same topics.
 */
export const startBroker = async (): Promise<KafkaServer> => {
  const server = await startKafkaServer()
  try {
    await createTopics({ brokers: [server.bootstrapServers], clientId: 'testkit' }, TOPICS, 1)
    return server
  } catch (error) {
    await server.stop()
    throw error
  }
}
