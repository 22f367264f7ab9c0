import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { asResource, type ConversationId, conversationNotFound, target } from '../conversation.ts'
import type { ConversationStore } from '../conversation-store.ts'
import type { Tables } from '../database.ts'
import type { DeleteConversationInput } from '../generated/graphql.ts'

type Deps = { database: Database<Tables>; conversations: ConversationStore; authorizer: Authorizer; audit: Audit }

/** Removes a conversation of the actor's with its messages; somebody else's is NOT_FOUND, as one that is not there. */
export const deleteConversation =
  ({ database, conversations, authorizer, audit }: Deps) =>
  async ({ actor, trace }: Caller, input: DeleteConversationInput): Promise<ConversationId> => {
    const { principal } = authorizer.authorize(actor, 'assistant:conversation:save', { type: 'Conversation' })
    const { id } = parseInput(target, input)
    return inTransaction(database, async (tx) => {
      const conversation = await conversations.lock(tx, id)
      if (!conversation) throw conversationNotFound(id)
      const decision = authorizer.decide(principal, 'assistant:conversation:save', asResource(conversation))
      if (!decision.isAllowed) throw conversationNotFound(id)
      await audit.recordDecision(tx, decision, trace)
      await conversations.delete(tx, id)
      return id
    })
  }
