import 'server-only'
import { config } from '#config.ts'
import { execute } from '#gateway/execute.ts'
import { graphql } from '#generated/gql.ts'
import type { IdentityProvider } from '#identity-providers.ts'
import { log } from '#log.ts'
import { requestCaller, requestTraceId } from '#request/request-headers.ts'
import { HOME, withReturnPath } from '#session/return-path.ts'
import { storeSession } from '#session/session-store.ts'
import { setFlash } from '#ui/flash/set-flash.ts'
import { beginAuthorization, finishAuthorization } from './authorization.ts'
import { storeAuthorization, takeAuthorization } from './authorization-cookie.ts'

const signInWithOAuthMutation = graphql(`
  mutation SignInWithOAuth($input: SignInWithOAuthInput!) {
    signInWithOAuth(input: $input) {
      session { accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }
      challenge { token }
    }
  }
`)

const redirectUriOf = ({ id }: IdentityProvider): string => new URL(`/oauth/${id}/callback`, config().origin).href

/** Where the browser goes to prove at the provider who it is. */
export const startAtProvider = async (provider: IdentityProvider, next: string): Promise<string> => {
  try {
    const { url, begun } = await beginAuthorization(provider, redirectUriOf(provider), next)
    await storeAuthorization(provider, begun)
    return url.href
  } catch (error) {
    return fail(provider, next, 'PROVIDER_UNAVAILABLE', error)
  }
}

/** Where the browser goes once it came back from the provider: on with a session, or to sign in with the reason why not. */
export const finishAtProvider = async (provider: IdentityProvider, search: string): Promise<string> => {
  const begun = await takeAuthorization(provider)
  if (begun === undefined) return fail(provider, HOME, 'PROVIDER_REFUSED', new Error('nothing was begun here'))
  const { nonce, next } = begun
  let idToken: string
  try {
    idToken = await finishAuthorization(provider, new URL(`${redirectUriOf(provider)}${search}`), begun)
  } catch (error) {
    return fail(provider, next, 'PROVIDER_REFUSED', error)
  }
  const input = { providerId: provider.id, idToken, nonce }
  const answer = await execute(signInWithOAuthMutation, { input }, await requestCaller())
  if (!answer.ok) return fail(provider, next, answer.problem.reason ?? 'PROVIDER_REFUSED', undefined)
  const { session, challenge } = answer.data.signInWithOAuth
  if (session !== null) {
    await storeSession(session)
    return next
  }
  await setFlash({ kind: 'second-factor', challenge: challenge?.token ?? '' })
  return withReturnPath('/sign-in', next)
}

const fail = async (provider: IdentityProvider, next: string, reason: string, error: unknown): Promise<string> => {
  if (error !== undefined) {
    // The message of the library names neither code nor token.
    const cause = error instanceof Error ? error.message : String(error)
    log('warn', 'signing in by a provider failed', { traceId: await requestTraceId(), provider: provider.id, cause })
  }
  await setFlash({ kind: 'provider-failed', provider: provider.name, reason })
  return withReturnPath('/sign-in', next)
}
