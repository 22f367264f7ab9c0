import type { Actor } from '@neotool/kit/auth'
import { type AppError, conflict, notFound, unauthenticated } from '@neotool/kit/errors'
import { changeOf, emailAddress, id, singleLine } from '@neotool/kit/input'
import { z } from 'zod'
import type { Locale as GraphqlLocale } from './generated/graphql.ts'
import { chosenPassword, typedPassword } from './password.ts'

export const userId = id.brand<'UserId'>()
export type UserId = z.output<typeof userId>

export type Locale = 'en' | 'pt'

export type User = {
  readonly id: UserId
  readonly email: string
  readonly isEmailVerified: boolean
  readonly displayName: string
  readonly locale: Locale
  readonly isDisabled: boolean
  readonly version: number
  readonly createdAt: Date
}

/** An account and who looks at it: how much of it they see depends on both. */
export type SeenUser = { readonly user: User; readonly viewer: Actor }

const LOCALES = { EN: 'en', PT: 'pt' } as const satisfies Record<GraphqlLocale, Locale>
const GRAPHQL_LOCALES = { en: 'EN', pt: 'PT' } as const satisfies Record<Locale, GraphqlLocale>

/** A locale as the API writes it. */
export const toGraphqlLocale = (locale: Locale): GraphqlLocale => GRAPHQL_LOCALES[locale]

const displayName = singleLine(100)
const locale = z.enum(['EN', 'PT']).transform((given) => LOCALES[given])

export const newAccount = z.object({
  email: emailAddress,
  password: chosenPassword,
  displayName,
  locale: locale.nullish().transform((given) => given ?? 'en'),
})

export const profileChange = changeOf({ displayName, locale })
export type ProfileChange = z.output<typeof profileChange>

/** The user, if the change is based on what they are now; throws CONFLICT with the present state where it is not. */
export const requireVersion = (user: User, version: number): User => {
  if (user.version === version) return user
  throw conflict('USER_VERSION_STALE', `You have version ${version} of it, it is at ${user.version}.`, {
    current: { displayName: user.displayName, locale: toGraphqlLocale(user.locale), version: user.version },
  })
}

/** Whoever changed or erased everything would have locked everybody out. */
export const lastAdministrator = (): AppError =>
  conflict('LAST_ADMINISTRATOR', 'This is the last administrator: make somebody else one first.')

export const credentials = z.object({ email: emailAddress, password: typedPassword })

export const userNotFound = (userId: UserId): AppError => notFound('USER_NOT_FOUND', `There is no user ${userId}.`)

/** One answer for a wrong e-mail and for a wrong password: it does not tell who has an account. */
export const credentialsWrong = (): AppError =>
  unauthenticated('CREDENTIALS_WRONG', 'The e-mail or the password is wrong.')

/** Told only to whoever has proved that the account is theirs: to everybody else there is no difference. */
export const accountDisabled = (): AppError =>
  unauthenticated('ACCOUNT_DISABLED', 'This account has been disabled. Ask an administrator to enable it again.')
