import { id } from '@neotool/kit/input'
import { z } from 'zod'
import { type ConversationId, conversationId } from './conversation.ts'
import type { MessageRole } from './generated/graphql.ts'

export const messageId = id.brand<'MessageId'>()
export type MessageId = z.output<typeof messageId>

export type Message = {
  readonly id: MessageId
  readonly conversationId: ConversationId
  /** Counts up within a conversation, with gaps. */
  readonly position: number
  readonly role: MessageRole
  readonly text: string
  readonly productIds: readonly string[]
  readonly createdAt: Date
}

export type NewMessage = Pick<Message, 'conversationId' | 'role' | 'text' | 'productIds'>

const LONGEST_TEXT = 4_000
const tooLong = `must have at most ${LONGEST_TEXT} characters`

/** Several lines of text for people: trimmed, composed by NFC, of the control characters only line feed and tab. */
const text = z
  .string()
  .max(2 * LONGEST_TEXT, { abort: true, error: tooLong })
  .transform((given) => given.replaceAll(/\r\n?/g, '\n').trim().normalize('NFC'))
  .pipe(
    z
      .string()
      .min(1, 'must not be empty')
      .max(LONGEST_TEXT, tooLong)
      .regex(/^(?:[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|[\n\t])*$/u, 'must not hold control characters'),
  )

/** What a user sends. */
export const userMessage = z.object({ conversationId, text })

// A page of products with long names fits; a model that goes on for ever does not.
const LONGEST_REPLY = 8_000
const MOST_PRODUCTS = 10

export type Reply = { readonly text: string; readonly productIds: readonly string[] }

/** Brings what a model answered into the bounds of what is kept: clean text, cut to size, each product once. */
export const toReply = ({ text: said, productIds }: Reply): Reply => {
  const clean = said
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '')
    .trim()
  return {
    text: [...clean].slice(0, LONGEST_REPLY).join('') || 'I have no answer to that.',
    productIds: [...new Set(productIds)].slice(0, MOST_PRODUCTS),
  }
}
