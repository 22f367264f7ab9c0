import { z } from 'zod'
import { inputInvalid } from './errors.ts'

/** Parses an input of the outside world; throws INPUT_INVALID that names every faulty field by its path. */
export const parseInput = <Output>(schema: z.ZodType<Output>, input: unknown): Output => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw inputInvalid(parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })))
}

/** An id from outside: a UUID in small letters. */
export const id = z.uuid('is not an id').transform((text) => text.toLowerCase())

/** One line of text for people: trimmed, without control characters, `max` characters at most. */
export const singleLine = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must not hold control characters')
    .transform((text) => text.normalize('NFC'))
