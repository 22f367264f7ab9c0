import 'server-only'
import { forbidden, notFound, redirect } from 'next/navigation'
import { execute } from '#gateway/execute.ts'
import { gatewayUnreachable, ProblemError } from '#gateway/problem.ts'
import type { TypedDocumentString } from '#generated/graphql.ts'
import { requestCaller, requestPath } from '#request/request-headers.ts'
import { withReturnPath } from './return-path.ts'
import { readSession } from './session-store.ts'

/**
 * Reads data for a page as the person who is signed in. Leaves by a redirect to sign in, by the 403 or 404 page, or by
 * a ProblemError for the error page; what it returns is complete.
 */
export const query = async <Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> => {
  const [{ accessToken, refreshToken }, caller, path] = await Promise.all([
    readSession(),
    requestCaller(),
    requestPath(),
  ])
  if (accessToken === undefined) {
    if (refreshToken === undefined) redirect(withReturnPath('/sign-in', path))
    // proxy.ts could not refresh and the session is not known to be over: that is an outage, not a sign-out.
    throw new ProblemError(gatewayUnreachable(caller.traceId))
  }
  const answer = await execute(document, variables, { accessToken, ...caller })
  if (answer.ok) return answer.data
  switch (answer.problem.code) {
    // The token expired on the way, its key is gone, or the session was ended elsewhere: renewing tells which.
    case 'UNAUTHENTICATED':
      return redirect(withReturnPath('/session/renew', path))
    case 'FORBIDDEN':
      return forbidden()
    case 'NOT_FOUND':
      return notFound()
    default:
      throw new ProblemError(answer.problem)
  }
}
