/**
 * Two short transactions with the assistant's work between them, so that no transaction is open while anybody else is
 * waited for: the first keeps what the user said, the second what was answered. Whatever fails after the first one, and a
 * crash too, costs the answer and never the message; nothing is tried again by itself, because the user sees that the
 * answer is missing and knows best whether they still want it.
 */
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import type { Secret } from '@neotool/kit/config'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Assistant } from '../assistant.ts'
import { asResource, type Conversation, conversationNotFound, titleOf } from '../conversation.ts'
import type { ConversationStore } from '../conversation-store.ts'
import type { Tables } from '../database.ts'
import type { SendMessageInput } from '../generated/graphql.ts'
import { type Message, toReply, userMessage } from '../message.ts'
import type { MessageStore } from '../message-store.ts'

type Deps = {
  database: Database<Tables>
  conversations: ConversationStore
  messages: MessageStore
  authorizer: Authorizer
  audit: Audit
  assistant: Assistant
}

/** A message that is kept, and the answer to it or why there is none. */
export type SentMessage = {
  readonly conversation: Conversation
  readonly message: Message
  readonly reply: PromiseSettledResult<Message>
}

/** How much of a conversation the assistant is told; its cost must not grow with the conversation. */
const REMEMBERED_MESSAGES = 20

/** Keeps the actor's message and has it answered; throws only where the message was not kept. */
export const sendMessage =
  ({ database, conversations, messages, authorizer, audit, assistant }: Deps) =>
  async ({ actor, trace }: Caller, authorization: Secret, input: SendMessageInput): Promise<SentMessage> => {
    const { principal } = authorizer.authorize(actor, 'assistant:conversation:save', { type: 'Conversation' })
    const { conversationId: id, text } = parseInput(userMessage, input)

    const { conversation, message, history } = await inTransaction(database, async (tx) => {
      const found = await conversations.lock(tx, id)
      if (!found) throw conversationNotFound(id)
      const decision = authorizer.decide(principal, 'assistant:conversation:save', asResource(found))
      if (!decision.isAllowed) throw conversationNotFound(id)
      await audit.recordDecision(tx, decision, trace)
      const title = found.title ?? titleOf(text)
      if (found.title === null) await conversations.setTitle(tx, id, title)
      const kept = await messages.insert(tx, { conversationId: id, role: 'USER', text, productIds: [] })
      const newest = await messages.listNewest(tx, id, REMEMBERED_MESSAGES)
      return { conversation: { ...found, title }, message: kept, history: newest }
    })

    const answer = async (): Promise<Message> => {
      const reply = toReply(await assistant.answer(history, { authorization, trace }))
      return inTransaction(database, async (tx) => {
        if (!(await conversations.lock(tx, id))) throw conversationNotFound(id)
        return messages.insert(tx, { conversationId: id, role: 'ASSISTANT', ...reply })
      })
    }
    const [reply] = await Promise.allSettled([answer()])
    return { conversation, message, reply }
  }
