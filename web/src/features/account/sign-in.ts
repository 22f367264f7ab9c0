'use server'

import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { execute } from '#gateway/execute.ts'
import { requestCaller } from '#request/request-headers.ts'
import { returnPath } from '#session/return-path.ts'
import { storeSession } from '#session/session-store.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { FormState } from '#ui/form/form-state.ts'
import { signInMutation } from './account-mutations.ts'

export type SignInState = FormState<{ readonly email: string; readonly password: string }> & {
  /** A second factor is on: what its form sends back. */
  readonly challenge?: string | undefined
}

const entered = z.object({
  email: z.string().trim().max(1000).catch(''),
  password: z.string().max(1000).catch(''),
  next: z.string().catch(''),
})

/** Starts a session, or asks for a second factor, and goes to where the person wanted; the password never comes back to the form. */
export const signIn = async (_: SignInState, data: FormData): Promise<SignInState> => {
  const t = await getTranslations('signIn')
  const { email, password, next } = entered.parse(Object.fromEntries(data))
  const values = { email }
  const missing = {
    ...(email === '' ? { email: t('emailMissing') } : {}),
    ...(password === '' ? { password: t('passwordMissing') } : {}),
  }
  if (email === '' || password === '') return { values, errors: missing }

  const caller = await requestCaller()
  const answer = await execute(signInMutation, { input: { email, password } }, caller)
  if (!answer.ok) {
    const { code } = answer.problem
    const isWrong = code === 'UNAUTHENTICATED' || code === 'BAD_USER_INPUT'
    return {
      values,
      failure: isWrong ? { code, traceId: caller.traceId, message: t('wrong') } : await toFailure(answer.problem),
    }
  }
  const { session, challenge } = answer.data.signIn
  if (session === null) return { values, challenge: challenge?.token }
  await storeSession(session)
  return redirect(returnPath(next))
}
