import type { Page } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import DataLoader from 'dataloader'
import type { ConversationId } from './conversation.ts'
import type { Tables } from './database.ts'
import type { Message } from './message.ts'
import type { MessageStore } from './message-store.ts'

type Wanted = { readonly conversationId: ConversationId; readonly page: Page }

export type MessageLoader = DataLoader<Wanted, readonly Message[]>

/** Reads the pages of messages that a list of conversations asks for: one query for each set of arguments. */
export const messageLoader = (database: Database<Tables>, messages: MessageStore): MessageLoader =>
  new DataLoader(
    async (wanted) => {
      const alike = Map.groupBy(wanted, ({ page: { isBackward, limit, after, before } }) =>
        JSON.stringify([isBackward, limit, after, before]),
      )
      const found = new Map<Wanted, readonly Message[]>()
      await Promise.all(
        alike.values().map(async (group) => {
          const [{ page }] = group as [Wanted]
          const ids = group.map(({ conversationId }) => conversationId)
          const rows = Map.groupBy(await messages.listPages(database, ids, page), (row) => row.conversationId)
          for (const each of group) found.set(each, rows.get(each.conversationId) ?? [])
        }),
      )
      return wanted.map((each) => found.get(each) ?? [])
    },
    // A mutation may add to what was read before it in the same request.
    { cache: false },
  )
