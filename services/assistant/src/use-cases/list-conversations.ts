import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { Conversation } from '../conversation.ts'
import { type ConversationStore, conversationOrder } from '../conversation-store.ts'
import type { Tables } from '../database.ts'

type Deps = { database: Database<Tables>; conversations: ConversationStore; authorizer: Authorizer }

/** The actor's own conversations, newest first. */
export const listConversations =
  ({ database, conversations, authorizer }: Deps) =>
  async ({ actor }: Caller, args: PageArgs): Promise<Connection<Conversation>> => {
    const { principal } = authorizer.authorize(actor, 'assistant:conversation:view', { type: 'Conversation' })
    const page = parsePage(args, conversationOrder)
    const rows = await conversations.listPage(database, page, principal.id)
    return toConnection(rows, page, ({ id, createdAt }) => ({ id, value: createdAt.toISOString() }))
  }
