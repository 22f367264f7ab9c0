import { z } from 'zod'

const flashSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('created'), name: z.string() }),
  z.object({ kind: z.literal('signed-up'), email: z.string() }),
  z.object({ kind: z.literal('signed-out') }),
  z.object({ kind: z.literal('second-factor'), challenge: z.string() }),
  z.object({ kind: z.literal('provider-failed'), provider: z.string(), reason: z.string() }),
  z.object({ kind: z.literal('signed-out-here') }),
])

/** Said once, on the page that comes next. */
export type Flash = z.infer<typeof flashSchema>

export const flashCookieName = ({ cookiePrefix }: { readonly cookiePrefix: string }): string => `${cookiePrefix}_flash`

/** The flash in a cookie's value, or undefined where it is none of ours. */
export const parseFlash = (value: string | undefined): Flash | undefined => {
  if (value === undefined || value === '') return undefined
  try {
    return flashSchema.safeParse(JSON.parse(value)).data
  } catch {
    return undefined
  }
}
