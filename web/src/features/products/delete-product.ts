'use server'

import { z } from 'zod'
import { requestTraceId } from '#request/request-headers.ts'
import { mutate } from '#session/mutate.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { Failure } from '#ui/form/form-state.ts'
import { deleteProductMutation } from './product-operations.ts'

export type Deletion =
  | { readonly kind: 'deleted' }
  /** It was changed meanwhile: deleting it needs a second decision, on what it is now. */
  | { readonly kind: 'changed'; readonly version: number }
  | { readonly kind: 'failed'; readonly failure: Failure }

const reference = z.object({ id: z.string().min(1).max(200), version: z.int().positive() })

/** Removes the product if it is still at that version. One that is gone already counts as deleted. */
export const deleteProduct = async (input: { id: string; version: number }): Promise<Deletion> => {
  const target = reference.safeParse(input)
  if (!target.success)
    return { kind: 'failed', failure: await toFailure({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() }) }
  const answer = await mutate(deleteProductMutation, { input: target.data })
  if (answer.ok || answer.problem.code === 'NOT_FOUND') return { kind: 'deleted' }
  const current = z.object({ version: z.int() }).safeParse(answer.problem.current)
  if (answer.problem.code === 'CONFLICT' && current.success) return { kind: 'changed', version: current.data.version }
  return { kind: 'failed', failure: await toFailure(answer.problem) }
}
