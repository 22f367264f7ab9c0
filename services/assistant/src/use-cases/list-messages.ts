import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import type { Conversation } from '../conversation.ts'
import type { Message } from '../message.ts'
import type { MessageLoader } from '../message-loader.ts'
import { messageOrder } from '../message-store.ts'

/** What was said in a conversation, oldest first; whoever was given the conversation may read it. */
export const listMessages =
  () =>
  async (loader: MessageLoader, conversation: Conversation, args: PageArgs): Promise<Connection<Message>> => {
    const page = parsePage(args, messageOrder)
    const rows = await loader.load({ conversationId: conversation.id, page })
    return toConnection(rows, page, ({ id, position }) => ({ id, value: position }))
  }
