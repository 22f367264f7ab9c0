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

/** One line of text for people: trimmed, composed by NFC, without control characters, `max` characters at most. */
export const singleLine = (max: number) => {
  const tooLong = `must have at most ${max} characters`
  return (
    z
      .string()
      .trim()
      .min(1, 'must not be empty')
      // Before as well as after: composing takes long for a long text, and some characters become two by it.
      .max(max, { abort: true, error: tooLong })
      .normalize('NFC')
      .max(max, tooLong)
      .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must not hold control characters')
  )
}

/** The rule of browsers' e-mail fields, which admits ASCII alone; 254 is the longest that SMTP carries. */
export const emailAddress = z
  .string()
  .trim()
  .max(254, 'must have at most 254 characters')
  .regex(z.regexes.html5Email, 'is not an e-mail address')

/** A change of some of the fields: what is null or absent is left out, because GraphQL clients send null for it. */
export const changeOf = <Shape extends z.ZodRawShape>(
  fields: Shape,
): z.ZodType<Partial<z.output<z.ZodObject<Shape>>>> =>
  z.preprocess(
    (input) =>
      typeof input === 'object' && input !== null
        ? Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null && value !== undefined))
        : input,
    z.object(fields).partial(),
  ) as z.ZodType<Partial<z.output<z.ZodObject<Shape>>>>
