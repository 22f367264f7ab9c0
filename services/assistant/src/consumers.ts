import { accountDeletedV1 } from '@neotool/contracts/events/security-account'
import { type ConsumerDefinition, defineConsumer } from '@neotool/kit/events/consumer'
import type { ConversationStore } from './conversation-store.ts'
import type { Tables } from './database.ts'

/** Every event that the assistant service consumes, and what it has as its effect. */
export const createConsumers = ({
  conversations,
}: {
  conversations: ConversationStore
}): readonly ConsumerDefinition<Tables>[] => [
  defineConsumer({
    group: 'neotool.assistant.accounts',
    events: [accountDeletedV1],
    // What somebody asked is theirs alone, so it goes with them.
    handle: (tx, { data }) => conversations.deleteOfOwner(tx, data.userId),
  }),
]
