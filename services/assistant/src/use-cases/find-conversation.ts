import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import { asResource, type Conversation, target } from '../conversation.ts'
import type { ConversationStore } from '../conversation-store.ts'
import type { Tables } from '../database.ts'

type Deps = { database: Database<Tables>; conversations: ConversationStore; authorizer: Authorizer }

/** One conversation of the actor's, or null; somebody else's is null too. */
export const findConversation =
  ({ database, conversations, authorizer }: Deps) =>
  async ({ actor }: Caller, givenId: string): Promise<Conversation | null> => {
    const { principal } = authorizer.authorize(actor, 'assistant:conversation:view', { type: 'Conversation' })
    const { id } = parseInput(target, { id: givenId })
    const conversation = await conversations.find(database, id)
    if (!conversation) return null
    const { isAllowed } = authorizer.decide(principal, 'assistant:conversation:view', asResource(conversation))
    return isAllowed ? conversation : null
  }
