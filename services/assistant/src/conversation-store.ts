import { keyset, type Order, type Page } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Conversation, ConversationId } from './conversation.ts'
import type { Tables } from './database.ts'

/** Newest first. */
export const conversationOrder: Order = {
  name: 'NEWEST',
  direction: 'desc',
  key: sql`conversations.created_at`,
  id: sql`conversations.id`,
  valueType: 'timestamp',
}

/** All SQL of the conversation. */
export const conversationStore = {
  async insert(tx: Tx<Tables>, ownerId: string): Promise<Conversation> {
    const row = await tx
      .insertInto('conversations')
      .values({ owner_id: ownerId })
      .returningAll()
      .executeTakeFirstOrThrow()
    return toConversation(row)
  },

  async find(database: Database<Tables>, id: ConversationId): Promise<Conversation | undefined> {
    const row = await database.selectFrom('conversations').selectAll().where('id', '=', id).executeTakeFirst()
    return row && toConversation(row)
  },

  /** Reads the conversation and keeps others from adding to it until the transaction ends. */
  async lock(tx: Tx<Tables>, id: ConversationId): Promise<Conversation | undefined> {
    const row = await tx.selectFrom('conversations').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    return row && toConversation(row)
  },

  async setTitle(tx: Tx<Tables>, id: ConversationId, title: string): Promise<void> {
    await tx.updateTable('conversations').set({ title }).where('id', '=', id).execute()
  },

  async delete(tx: Tx<Tables>, id: ConversationId): Promise<void> {
    await tx.deleteFrom('conversations').where('id', '=', id).execute()
  },

  /** Deletes all conversations of somebody, with what was said in them. */
  async deleteOfOwner(tx: Tx<Tables>, ownerId: string): Promise<void> {
    await tx.deleteFrom('conversations').where('owner_id', '=', ownerId).execute()
  },

  /** One page of the owner's plus one row, in reading order; see kit's connection. */
  async listPage(database: Database<Tables>, page: Page, ownerId: string): Promise<readonly Conversation[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('conversations')
      .selectAll()
      .where('owner_id', '=', ownerId)
      .where(where)
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(toConversation)
  },
}

export type ConversationStore = typeof conversationStore

const toConversation = (row: Selectable<Tables['conversations']>): Conversation => ({
  id: row.id,
  ownerId: row.owner_id,
  title: row.title,
  createdAt: row.created_at,
})
