import type { Resource } from '@neotool/kit/authz'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'

type Attributes = NonNullable<Resource['attributes']>

const attributes = z
  .string()
  .max(10_000, 'must have at most 10000 characters')
  .transform((text, context): Attributes => {
    try {
      return z.record(z.string(), z.json()).parse(JSON.parse(text)) as Attributes
    } catch {
      context.addIssue('is not a JSON object')
      return z.NEVER
    }
  })

const question = z.object({
  action: z.string().max(100, 'must have at most 100 characters'),
  resource: z.object({
    type: z.string().regex(/^[A-Za-z]{1,100}$/, 'must look like Product'),
    id: z.string().max(200, 'must have at most 200 characters').nullish(),
    attributes: attributes.nullish(),
  }),
})

/** What somebody asks whether it is permitted, as it is asked of the policies; throws INPUT_INVALID. */
export const parseQuestion = (asked: unknown): { readonly action: string; readonly resource: Resource } => {
  const { action, resource } = parseInput(question, asked)
  const { type, id, attributes: given } = resource
  return { action, resource: { type, ...(id && { id }), ...(given && { attributes: given }) } }
}
