import { type AppError, conflict, inputInvalid, notFound, unauthenticated } from '@neotool/kit/errors'
import { z } from 'zod'

/** An OpenID Connect provider that people may sign in with. */
export type IdentityProvider = {
  /** Chosen by us, in addresses and inputs: `google`. */
  readonly id: string
  /** How people know it. */
  readonly name: string
  readonly issuer: string
  /** Our names at the provider: of the web, of each mobile app. A token for anybody else is not for us. */
  readonly clientIds: readonly string[]
}

const PRESETS: Readonly<Record<string, Pick<IdentityProvider, 'name' | 'issuer'>>> = {
  google: { name: 'Google', issuer: 'https://accounts.google.com' },
}

const isLoopback = ({ hostname }: URL): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

const issuer = z.url({ protocol: /^https?$/ }).refine((text) => {
  const url = new URL(text)
  return url.protocol === 'https:' || isLoopback(url)
}, 'must be https, except on loopback')

const provider = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be 1 to 32 of a–z, 0–9 and dash'),
    name: z.string().min(1).optional(),
    issuer: issuer.optional(),
    clientIds: z.array(z.string().min(1)).min(1),
  })
  .transform((given, context): IdentityProvider => {
    const preset = PRESETS[given.id]
    const named = { name: given.name ?? preset?.name, issuer: given.issuer ?? preset?.issuer }
    if (named.name !== undefined && named.issuer !== undefined) {
      return { id: given.id, name: named.name, issuer: named.issuer, clientIds: given.clientIds }
    }
    context.addIssue(`${given.id} needs a name and an issuer; only ${Object.keys(PRESETS).join(', ')} is known without`)
    return z.NEVER
  })

const parseJson = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('must be JSON, such as [{"id":"google","clientIds":["…"]}]')
    return z.NEVER
  }
}

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length

/** A setting: a JSON list of providers. */
export const identityProviders = z
  .string()
  .transform(parseJson)
  .pipe(
    z
      .array(provider)
      .refine((list) => isUnique(list.map(({ id }) => id)), 'must name each id once')
      .refine((list) => isUnique(list.map((each) => each.issuer)), 'must name each issuer once'),
  )

/** A token of a provider and the nonce that it was asked for with. */
export const idTokenInput = z.object({
  providerId: z.string().max(32, 'is too long'),
  idToken: z.string().max(8_192, 'is too long'),
  nonce: z.string().min(22, 'must have at least 22 random characters').max(255, 'is too long'),
})

/** Who somebody is to a provider, from a token that was checked. */
export type FederatedPerson = {
  readonly issuer: string
  readonly subject: string
  readonly email: string | undefined
  readonly isEmailVerified: boolean
  readonly name: string | undefined
}

/** An account at a provider that belongs to one of ours. */
export type FederatedIdentity = { readonly issuer: string; readonly linkedAt: Date }

export const unknownProvider = (): AppError =>
  inputInvalid([{ path: 'providerId', message: 'is no provider that is configured here' }])

/** One answer for whatever is wrong with a token of a provider: forged, foreign, expired, used before. */
export const idTokenInvalid = (cause?: unknown): AppError =>
  unauthenticated('ID_TOKEN_INVALID', "The provider's proof of who you are is not good any more. Try again.", cause)

export const providerEmailUnverified = (): AppError =>
  conflict(
    'PROVIDER_EMAIL_UNVERIFIED',
    'The provider does not say that your e-mail is yours. Verify it there, or sign up with a password.',
  )

/** Told to whoever has proved to the provider that the e-mail is theirs, so that it gives nothing away. */
export const identityNotLinked = (): AppError =>
  conflict(
    'IDENTITY_NOT_LINKED',
    'There is an account with your e-mail, which has not been verified. Sign in with its password, or reset that, and link the two.',
  )

export const identityTaken = (): AppError =>
  conflict('IDENTITY_TAKEN', 'This account of the provider, or another one of it, is linked already.')

export const identityNotFound = (): AppError =>
  notFound('IDENTITY_NOT_FOUND', 'No account of this provider is linked to yours.')

export const lastWayIn = (): AppError =>
  conflict('LAST_WAY_IN', 'Without it you could not sign in any more. Set a password first, by "forgot password".')
