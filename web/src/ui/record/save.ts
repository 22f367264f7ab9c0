import 'server-only'
import { z } from 'zod'
import type { Problem } from '#gateway/problem.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { Failure, FieldErrors } from '#ui/form/form-state.ts'

/** Which record, at which version: what forms and dialogs send. */
export const reference = z.object({ id: z.string().min(1).max(200), version: z.coerce.number().int().positive() })

/** The problem at the fields that it is about, or above the form where it is about none of them. */
export const explain = async <Field extends string>(
  problem: Problem,
  fields: readonly Field[],
): Promise<{ errors: FieldErrors<Record<Field, string>> } | { failure: Failure }> => {
  const known = problem.fields.flatMap(({ path, message }) => {
    const field = fields.find((name) => name === path.split('.').at(-1))
    return field === undefined ? [] : [[field, message] as const]
  })
  return known.length > 0
    ? { errors: Object.fromEntries(known) as Record<Field, string> }
    : { failure: await toFailure(problem) }
}
