import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Conversation } from '../conversation.ts'
import type { ConversationStore } from '../conversation-store.ts'
import type { Tables } from '../database.ts'

type Deps = { database: Database<Tables>; conversations: ConversationStore; authorizer: Authorizer }

/** Begins a conversation that is the actor's own. */
export const createConversation =
  ({ database, conversations, authorizer }: Deps) =>
  async ({ actor }: Caller): Promise<Conversation> => {
    const user = authorizer.authorize(actor, 'assistant:conversation:save', { type: 'Conversation' })
    return inTransaction(database, (tx) => conversations.insert(tx, user.userId))
  }
