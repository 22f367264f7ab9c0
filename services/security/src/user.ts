import type { Actor } from '@neotool/kit/auth'
import { type AppError, unauthenticated } from '@neotool/kit/errors'
import { emailAddress, id, singleLine } from '@neotool/kit/input'
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
  readonly createdAt: Date
}

/** An account and who looks at it: how much of it they see depends on both. */
export type SeenUser = { readonly user: User; readonly viewer: Actor }

/** Whom a mail goes to, and in which language. */
export type Recipient = Pick<User, 'id' | 'email' | 'isEmailVerified'> & { readonly locale: Locale }

const LOCALES = { EN: 'en', PT: 'pt' } as const satisfies Record<GraphqlLocale, Locale>

export const newAccount = z.object({
  email: emailAddress,
  password: chosenPassword,
  displayName: singleLine(100),
  locale: z
    .enum(['EN', 'PT'])
    .nullish()
    .transform((locale) => LOCALES[locale ?? 'EN']),
})

export const credentials = z.object({ email: emailAddress, password: typedPassword })

/** One answer for a wrong e-mail and for a wrong password: it does not tell who has an account. */
export const credentialsWrong = (): AppError =>
  unauthenticated('CREDENTIALS_WRONG', 'The e-mail or the password is wrong.')

/** Told only to whoever has proved that the account is theirs: to everybody else there is no difference. */
export const accountDisabled = (): AppError =>
  unauthenticated('ACCOUNT_DISABLED', 'This account has been disabled. Ask an administrator to enable it again.')
