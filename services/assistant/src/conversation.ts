import type { Resource } from '@neotool/kit/authz'
import { type AppError, notFound } from '@neotool/kit/errors'
import { id } from '@neotool/kit/input'
import { z } from 'zod'

export const conversationId = id.brand<'ConversationId'>()
export type ConversationId = z.output<typeof conversationId>

export type Conversation = {
  readonly id: ConversationId
  readonly ownerId: string
  readonly title: string | null
  readonly createdAt: Date
}

/** What policies decide about: a conversation is its owner's alone. */
export const asResource = ({ id, ownerId }: Conversation): Resource => ({
  type: 'Conversation',
  id,
  attributes: { owner: { __entity: { type: 'User', id: ownerId } } },
})

const LONGEST_TITLE = 80

/** The beginning of the first line of a conversation's first message. */
export const titleOf = (text: string): string => {
  const [line = ''] = text.split('\n')
  // By whole characters: half of a surrogate pair cannot be stored.
  const characters = [...line.replaceAll('\t', ' ').trim()]
  return characters.length <= LONGEST_TITLE
    ? characters.join('')
    : `${characters.slice(0, LONGEST_TITLE - 1).join('')}…`
}

/** The same whether it is gone, was never there, or is somebody else's. */
export const conversationNotFound = (id: ConversationId): AppError =>
  notFound('CONVERSATION_NOT_FOUND', `There is no conversation ${id} of yours.`)

export const target = z.object({ id: conversationId })
