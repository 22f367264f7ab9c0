'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Problem } from '#gateway/problem.ts'
import { requestTraceId } from '#request/request-headers.ts'
import { mutate } from '#session/mutate.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { Failure } from '#ui/form/form-state.ts'
import {
  createConversationMutation,
  deleteConversationMutation,
  sendMessageMutation,
} from './conversation-operations.ts'

const entered = z.object({
  /** Absent for the first message, which begins a conversation. */
  conversationId: z.string().min(1).max(200).optional(),
  text: z.string().trim().min(1).max(8_000),
})

/**
 * Sends a message; answers why where it could not be sent. Whether the assistant answered it is seen in the conversation,
 * which holds the message in either case.
 */
export const sendMessage = async (input: z.input<typeof entered>): Promise<Failure | undefined> => {
  const message = entered.safeParse(input)
  if (!message.success) return fail({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() })
  const { conversationId, text } = message.data
  if (conversationId === undefined) return begin(text)
  const answer = await mutate(sendMessageMutation, { input: { conversationId, text } })
  if (!answer.ok) return fail(answer.problem)
  refresh()
  return undefined
}

const begin = async (text: string): Promise<Failure> => {
  const created = await mutate(createConversationMutation, {})
  if (!created.ok) return fail(created.problem)
  const { id } = created.data.createConversation.conversation
  const answer = await mutate(sendMessageMutation, { input: { conversationId: id, text } })
  if (answer.ok) return redirect(`/assistant/${encodeURIComponent(id)}`)
  // Nothing was said in it. Should it stay all the same, the list shows it as one that is empty.
  await mutate(deleteConversationMutation, { input: { id } })
  return fail(answer.problem)
}

const fail = (problem: Pick<Problem, 'code' | 'traceId'>): Promise<Failure> => toFailure(problem)
