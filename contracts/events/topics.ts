import { customerCreatedV1 } from './app-customer.ts'
import { productCreatedV1 } from './app-product.ts'
import { assetReadyV1 } from './assets-asset.ts'
import { auditEvents } from './audit.ts'
import { accountDeletedV1 } from './security-account.ts'
import { mailRequestedV1 } from './security-mail.ts'
import { policyBundles, revocations } from './tables.ts'

export type Topic = {
  readonly name: string
  readonly partitions: number
  readonly configs: Readonly<Record<string, string>>
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** More partitions than one service ever has replicas would only cost memory; fewer would bound its replicas. */
const EVENT_PARTITIONS = 6

const eventTopic = (name: string): Topic => ({
  name,
  partitions: EVENT_PARTITIONS,
  configs: { 'cleanup.policy': 'delete', 'retention.ms': String(7 * DAY_MS) },
})

const deadLetterTopic = (service: string): Topic => ({
  name: deadLettersOf(service),
  partitions: 1,
  configs: { 'cleanup.policy': 'delete', 'retention.ms': String(30 * DAY_MS) },
})

/** Where a service puts the events that it could not handle, each with the consumer and the cause. */
export const deadLettersOf = (service: string): string => `neotool.${service}.dead-letters`

/** Every topic there is. Brokers create none by themselves, so a misspelt name fails instead of swallowing events. */
export const TOPICS: readonly Topic[] = [
  eventTopic(productCreatedV1.topic),
  eventTopic(customerCreatedV1.topic),
  eventTopic(assetReadyV1.topic),
  deadLetterTopic('app'),
  eventTopic(accountDeletedV1.topic),
  eventTopic(mailRequestedV1.topic),
  deadLetterTopic('security'),
  deadLetterTopic('assets'),
  deadLetterTopic('assistant'),
  ...Object.values(auditEvents).map(({ topic }) => eventTopic(topic)),
  {
    // One partition, so that every process reads one order. Entries outlive every access token (15 min) and then go.
    name: revocations.topic,
    partitions: 1,
    configs: { 'cleanup.policy': 'compact,delete', 'retention.ms': String(HOUR_MS), 'segment.ms': String(HOUR_MS / 4) },
  },
  { name: policyBundles.topic, partitions: 1, configs: { 'cleanup.policy': 'compact' } },
]
