import type { EventTables } from '@neotool/kit/events/event-tables'
import type { Generated } from 'kysely'
import type { ConversationId } from './conversation.ts'
import type { MessageRole } from './generated/graphql.ts'
import type { MessageId } from './message.ts'

/** The tables of the assistant service, as its migrations make them. */
export type Tables = EventTables & {
  conversations: {
    id: Generated<ConversationId>
    owner_id: string
    title: string | null
    created_at: Generated<Date>
  }
  messages: {
    id: Generated<MessageId>
    conversation_id: ConversationId
    position: Generated<string>
    role: MessageRole
    text: string
    product_ids: string[]
    created_at: Generated<Date>
  }
}
