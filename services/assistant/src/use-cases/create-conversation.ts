import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Conversation } from '../conversation.ts'
import type { ConversationStore } from '../conversation-store.ts'
import type { Tables } from '../database.ts'

type Deps = { database: Database<Tables>; conversations: ConversationStore; authorizer: Authorizer; audit: Audit }

/** Begins a conversation that is the actor's own. */
export const createConversation =
  ({ database, conversations, authorizer, audit }: Deps) =>
  async ({ actor, trace }: Caller): Promise<Conversation> => {
    const decision = authorizer.authorize(actor, 'assistant:conversation:save', { type: 'Conversation' })
    return inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      return conversations.insert(tx, decision.principal.id)
    })
  }
