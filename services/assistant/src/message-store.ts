import { keyset, type Order, type Page } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { ConversationId } from './conversation.ts'
import type { Tables } from './database.ts'
import type { Message, NewMessage } from './message.ts'

/** As it was said. */
export const messageOrder: Order = {
  name: 'OLDEST',
  direction: 'asc',
  key: sql`messages.position`,
  id: sql`messages.id`,
  valueType: 'integer',
}

/** All SQL of the message. */
export const messageStore = {
  /** The conversation must be locked: the order of its messages is the order of these inserts. */
  async insert(tx: Tx<Tables>, { conversationId, role, text, productIds }: NewMessage): Promise<Message> {
    const row = await tx
      .insertInto('messages')
      .values({ conversation_id: conversationId, role, text, product_ids: [...productIds] })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toMessage(row)
  },

  /** The newest messages of a conversation, oldest first. */
  async listNewest(database: Database<Tables>, id: ConversationId, limit: number): Promise<readonly Message[]> {
    const rows = await database
      .selectFrom('messages')
      .selectAll()
      .where('conversation_id', '=', id)
      .orderBy('position', 'desc')
      .limit(limit)
      .execute()
    return rows.map(toMessage).reverse()
  },

  /** The same page of several conversations, each plus one row, in reading order; see kit's connection. */
  async listPages(database: Database<Tables>, ids: readonly ConversationId[], page: Page): Promise<readonly Message[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('conversations')
      .innerJoinLateral(
        (query) =>
          query
            .selectFrom('messages')
            .selectAll('messages')
            .whereRef('messages.conversation_id', '=', 'conversations.id')
            .where(where)
            .orderBy(orderBy[0])
            .orderBy(orderBy[1])
            .limit(limit)
            .as('messages'),
        (join) => join.onTrue(),
      )
      .selectAll('messages')
      .where('conversations.id', 'in', ids)
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .execute()
    return rows.map(toMessage)
  },
}

export type MessageStore = typeof messageStore

const toMessage = (row: Selectable<Tables['messages']>): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  position: Number(row.position),
  role: row.role,
  text: row.text,
  productIds: row.product_ids,
  createdAt: row.created_at,
})
