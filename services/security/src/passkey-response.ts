import { z } from 'zod'

// An assertion has some hundred bytes; an attestation of one of the coming algorithms some thousands.
const LONGEST = 20_000

const base64url = z
  .string()
  .max(LONGEST)
  .regex(/^[\w-]+$/)

const common = { id: base64url, rawId: base64url, type: z.literal('public-key') } as const

const assertion = z
  .object({
    ...common,
    response: z.object({
      clientDataJSON: base64url,
      authenticatorData: base64url,
      signature: base64url,
      userHandle: base64url.nullish(),
    }),
  })
  .transform(({ response: { userHandle, ...response }, ...rest }) => ({
    ...rest,
    clientExtensionResults: {},
    response: { ...response, ...(typeof userHandle === 'string' && { userHandle }) },
  }))

const attestation = z
  .object({
    ...common,
    response: z.object({
      clientDataJSON: base64url,
      attestationObject: base64url,
      transports: z
        .array(z.string().regex(/^[a-z-]{1,20}$/))
        .max(10)
        .catch([]),
    }),
  })
  .transform((given) => ({ ...given, clientExtensionResults: {} }))

export type Assertion = z.output<typeof assertion>
export type Attestation = z.output<typeof attestation>

const jsonOf = <Output>(schema: z.ZodType<Output>) =>
  z
    .string()
    .max(3 * LONGEST, 'is too long')
    .transform((text, context): Output => {
      const parsed = schema.safeParse(parseJson(text))
      if (parsed.success) return parsed.data
      context.addIssue({ code: 'custom', message: 'is not what a passkey answers' })
      return z.NEVER
    })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a browser's `PublicKeyCredential.toJSON()` gives after signing, as text. */
export const assertionJson = jsonOf(assertion)
/** The same after making a passkey. */
export const attestationJson = jsonOf(attestation)
