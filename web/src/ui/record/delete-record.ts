import 'server-only'
import { z } from 'zod'
import type { Answer } from '#gateway/execute.ts'
import { requestTraceId } from '#request/request-headers.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { Deletion } from './deletion.ts'
import type { Versioned } from './form-state.ts'
import { reference } from './save.ts'

type Identified = Pick<Versioned, 'id'>

const current = z.object({ version: z.int() })

/** Removes a record if it is still at that version. One that is gone already counts as deleted. */
export const deleteRecord = (
  input: Versioned,
  remove: (input: Versioned) => Promise<Answer<unknown>>,
): Promise<Deletion> => deleteBy(reference, input, remove)

/** Removes what has no versions. What is gone already counts as deleted. */
export const deleteById = (
  input: Identified,
  remove: (input: Identified) => Promise<Answer<unknown>>,
): Promise<Deletion> => deleteBy(reference.pick({ id: true }), input, remove)

const deleteBy = async <Target>(
  schema: z.ZodType<Target>,
  input: Target,
  remove: (target: Target) => Promise<Answer<unknown>>,
): Promise<Deletion> => {
  const target = schema.safeParse(input)
  if (!target.success)
    return { kind: 'failed', failure: await toFailure({ code: 'BAD_USER_INPUT', traceId: await requestTraceId() }) }
  const answer = await remove(target.data)
  if (answer.ok || answer.problem.code === 'NOT_FOUND') return { kind: 'deleted' }
  const now = current.safeParse(answer.problem.current)
  if (answer.problem.code === 'CONFLICT' && now.success) return { kind: 'changed', version: now.data.version }
  return { kind: 'failed', failure: await toFailure(answer.problem) }
}
