'use server'

import { z } from 'zod'
import { execute } from '#gateway/execute.ts'
import { graphql } from '#generated/gql.ts'
import { requestCaller } from '#request/request-headers.ts'
import { mutate } from '#session/mutate.ts'
import { toFailure } from '#ui/form/failure.ts'
import type { Failure } from '#ui/form/form-state.ts'

export type VerifyEmailState = { readonly result: 'open' | 'verified' | 'invalid'; readonly failure?: Failure }

const verifyEmailMutation = graphql(`
  mutation VerifyEmail($token: String!) {
    verifyEmailWithToken(input: { token: $token }) { verified }
  }
`)

const requestLinkMutation = graphql(`
  mutation ResendVerificationEmail {
    resendVerificationEmail { requested }
  }
`)

const entered = z.object({ token: z.string().catch('') })

/** Uses the token of the link, which works once. */
export const verifyEmail = async (_: VerifyEmailState, data: FormData): Promise<VerifyEmailState> => {
  const { token } = entered.parse(Object.fromEntries(data))
  const answer = await execute(verifyEmailMutation, { token }, await requestCaller())
  if (answer.ok) return { result: 'verified' }
  const { reason } = answer.problem
  if (reason === 'VERIFICATION_TOKEN_INVALID') return { result: 'invalid' }
  return { result: 'open', failure: await toFailure(answer.problem) }
}

export type RequestLinkState = { readonly isSent: boolean; readonly failure?: Failure }

/** Has a new link sent to whoever is signed in; others are sent to sign in and come back. */
export const requestLink = async (): Promise<RequestLinkState> => {
  const answer = await mutate(requestLinkMutation, {})
  return answer.ok ? { isSent: true } : { isSent: false, failure: await toFailure(answer.problem) }
}
