'use server'

import { mutate } from '#session/mutate.ts'
import { deleteById } from '#ui/record/delete-record.ts'
import type { Deletion } from '#ui/record/deletion.ts'
import { deleteConversationMutation } from './conversation-operations.ts'

/** Removes a conversation with all its messages. One that is gone already counts as deleted. */
export const deleteConversation = async (conversation: { readonly id: string }): Promise<Deletion> =>
  deleteById(conversation, (input) => mutate(deleteConversationMutation, { input }))
