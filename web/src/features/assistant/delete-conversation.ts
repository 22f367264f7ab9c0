'use server'

import { z } from 'zod'
import { requestTraceId } from '#request/request-headers.ts'
import { mutate } from '#session/mutate.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { Deletion } from '#ui/record/deletion.ts'
import { deleteConversationMutation } from './conversation-operations.ts'

const reference = z.object({ id: z.string().min(1).max(200) })

/** Removes a conversation with all its messages. One that is gone already counts as deleted. */
export const deleteConversation = async (conversation: { readonly id: string }): Promise<Deletion> => {
  const target = reference.safeParse(conversation)
  if (!target.success)
    return { kind: 'failed', failure: await toFailure({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() }) }
  const answer = await mutate(deleteConversationMutation, { input: target.data })
  return answer.ok || answer.problem.code === 'NOT_FOUND'
    ? { kind: 'deleted' }
    : { kind: 'failed', failure: await toFailure(answer.problem) }
}
