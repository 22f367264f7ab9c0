import { z } from 'zod'

/** A provider of OpenID Connect at which people sign in, and who we are to it. */
export type IdentityProvider = {
  /** As security knows it: one of `identityProviders` of the API. */
  readonly id: string
  readonly name: string
  readonly issuer: string
  readonly clientId: string
  /** Without one we are a public client, and PKCE alone protects the code. */
  readonly clientSecret?: string | undefined
}

const provider = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  name: z.string().min(1),
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1).optional(),
})

/** A setting: a JSON list of providers. Its faults name no value, because it holds secrets. */
export const identityProviders = z.string().transform((text, context): readonly IdentityProvider[] => {
  try {
    return z.array(provider).parse(JSON.parse(text))
  } catch (error) {
    const fault =
      error instanceof z.ZodError ? error.issues.map(({ path, message }) => `${path.join('.')} ${message}`) : []
    context.addIssue(`must be a JSON list of { id, name, issuer, clientId, clientSecret } ${fault.join('; ')}`.trim())
    return z.NEVER
  }
})
