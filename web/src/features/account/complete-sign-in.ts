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
import { completeSignInMutation } from './account-mutations.ts'

export type CompleteSignInState = FormState<{ readonly code: string }> & {
  /** Nothing answers this challenge any more: sign in from the beginning. */
  readonly isOver?: boolean | undefined
}

const entered = z.object({
  challenge: z.string().max(1000).catch(''),
  code: z.string().trim().max(100).catch(''),
  next: z.string().catch(''),
})

const SIX_DIGITS = /^(\d\s*){6}$/

/** Answers the challenge of a sign-in with a code of an app or a recovery code, and goes to where the person wanted. */
export const completeSignIn = async (_: CompleteSignInState, data: FormData): Promise<CompleteSignInState> => {
  const t = await getTranslations('signIn')
  const { challenge, code, next } = entered.parse(Object.fromEntries(data))
  if (code === '') return { errors: { code: t('codeMissing') } }

  const caller = await requestCaller()
  const proof = SIX_DIGITS.test(code) ? { totpCode: code } : { recoveryCode: code }
  const answer = await execute(completeSignInMutation, { input: { challenge, ...proof } }, caller)
  if (!answer.ok) {
    const { code: kind, reason } = answer.problem
    if (reason === 'CHALLENGE_ENDED') {
      return { isOver: true, failure: { code: kind, traceId: caller.traceId, message: t('challengeEnded') } }
    }
    if (reason === 'SECOND_FACTOR_WRONG') return { errors: { code: t('codeWrong') } }
    return { failure: await toFailure(answer.problem) }
  }
  await storeSession(answer.data.completeSignIn.session)
  return redirect(returnPath(next))
}
