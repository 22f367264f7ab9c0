'use server'

import { redirect } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { execute } from '#gateway/execute.ts'
import type { Problem } from '#gateway/problem.ts'
import { requestCaller } from '#request/request-headers.ts'
import { withReturnPath } from '#session/return-path.ts'
import { setFlash } from '#ui/flash/set-flash.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { FieldErrors, FormState } from '#ui/form/form-state.ts'
import { signUpMutation } from './account-mutations.ts'

type Entered = { readonly displayName: string; readonly email: string; readonly password: string }

export type SignUpState = FormState<Entered>

const entered = z.object({
  displayName: z.string().trim().catch(''),
  email: z.string().trim().catch(''),
  password: z.string().catch(''),
  next: z.string().catch(''),
})

/** Opens an account and goes to the sign-in page, which says the same whether or not the e-mail was in use. */
export const signUp = async (_: SignUpState, data: FormData): Promise<SignUpState> => {
  const { next, ...input } = entered.parse(Object.fromEntries(data))
  const values = { displayName: input.displayName, email: input.email }
  const errors = await check(input)
  if (errors !== undefined) return { values, errors }

  const locale = (await getLocale()) === 'pt' ? 'PT' : 'EN'
  const answer = await execute(signUpMutation, { input: { ...input, locale } }, await requestCaller())
  if (!answer.ok) {
    const fields = fieldErrors(answer.problem)
    return fields === undefined ? { values, failure: await toFailure(answer.problem) } : { values, errors: fields }
  }
  await setFlash({ kind: 'signed-up', email: answer.data.signUp.email })
  return redirect(withReturnPath('/sign-in', next))
}

/** The rules of the contract, said in the person's language; security has the last word. */
const check = async ({ displayName, email, password }: Entered): Promise<FieldErrors<Entered> | undefined> => {
  const t = await getTranslations('signUp')
  const errors = {
    displayName: displayName === '' || displayName.length > 100 ? t('nameInvalid') : undefined,
    email: z.email().safeParse(email).success ? undefined : t('emailInvalid'),
    // Counted in characters, as a person counts them, not in UTF-16 units.
    password: [...password].length < 15 || [...password].length > 128 ? t('passwordInvalid') : undefined,
  }
  return Object.values(errors).some((error) => error !== undefined) ? errors : undefined
}

const FIELDS = ['displayName', 'email', 'password'] as const

const fieldErrors = ({ fields }: Problem): FieldErrors<Entered> | undefined => {
  const known = FIELDS.flatMap((field) => {
    const found = fields.find(({ path }) => path.split('.').at(-1) === field)
    return found === undefined ? [] : [[field, found.message]]
  })
  return known.length === 0 ? undefined : Object.fromEntries(known)
}
