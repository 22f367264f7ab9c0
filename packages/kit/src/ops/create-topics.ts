import { TOPICS } from '@neotool/contracts/events/topics'
import { z } from 'zod'
import { kafkaBrokers, loadSettings } from '../config.ts'
import { createTopics } from '../events/kafka.ts'
import { runMain } from '../shutdown.ts'
import { OF_A_JOB, waitFor } from '../wait-for.ts'

/**
 * Creates the topics of contracts/events that are missing on the brokers of KAFKA_BOOTSTRAP_SERVERS. It waits for the brokers,
 * also for as many as there shall be replicas.
 */
runMain(async () => {
  const { BOOTSTRAP_SERVERS, REPLICATION_FACTOR } = loadSettings(process.env, 'KAFKA', {
    BOOTSTRAP_SERVERS: kafkaBrokers,
    REPLICATION_FACTOR: z.coerce.number().int().min(1).max(9).default(1),
  })
  const kafka = { brokers: BOOTSTRAP_SERVERS, clientId: 'neotool-create-topics' }
  const created = await waitFor(() => createTopics(kafka, TOPICS, REPLICATION_FACTOR), OF_A_JOB)
  console.log(created.length === 0 ? 'all topics are there' : `created ${created.join(', ')}`)
})
