import 'server-only'
import { redirect } from 'next/navigation'
import { type Answer, execute } from '#gateway/execute.ts'
import { gatewayUnreachable } from '#gateway/problem.ts'
import type { TypedDocumentString } from '#generated/graphql.ts'
import { requestCaller, requestPath } from '#request/request-headers.ts'
import { sessionRefresher } from './refresh-session.ts'
import { withReturnPath } from './return-path.ts'
import { clearSession, readSession, storeSession } from './session-store.ts'

/**
 * Runs a mutation in a server action as the person who is signed in. A token that is refused is refreshed and the
 * mutation tried once more; where the session is over, the person is sent to sign in.
 */
export const mutate = async <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Answer<Data>> => {
  const [{ accessToken, refreshToken }, caller, path] = await Promise.all([
    readSession(),
    requestCaller(),
    requestPath(),
  ])
  if (accessToken !== undefined) {
    const answer = await execute(document, variables, { accessToken, ...caller })
    if (answer.ok || answer.problem.code !== 'UNAUTHENTICATED') return answer
  }
  if (refreshToken === undefined) redirect(withReturnPath('/sign-in', path))
  const refresh = await sessionRefresher().refresh(refreshToken, caller)
  if (refresh.status === 'unavailable') return { ok: false, problem: gatewayUnreachable(caller.traceId) }
  if (refresh.status === 'refused') {
    await clearSession()
    redirect(withReturnPath('/sign-in', path))
  }
  await storeSession(refresh.tokens)
  return execute(document, variables, { accessToken: refresh.tokens.accessToken, ...caller })
}
