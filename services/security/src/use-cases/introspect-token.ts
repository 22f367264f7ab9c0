import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { required } from '../oauth/form.ts'
import type { KnownAccessToken, ReadAccessToken } from '../oauth/read-access-token.ts'
import type { OAuthRequest } from '../oauth/request.ts'
import { servicePrincipalId } from '../service-principal.ts'
import type { ServicePrincipalStore } from '../service-principal-store.ts'
import { sessionId } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import type { AuthenticateClient } from './authenticate-client.ts'

type Deps = {
  database: Database<Tables>
  servicePrincipals: ServicePrincipalStore
  sessions: SessionStore
  authenticateClient: AuthenticateClient
  readAccessToken: ReadAccessToken
  now: () => Date
}

/**
 * RFC 7662: what an access token is good for at this moment, or undefined where it is not good. It asks the tables too, so
 * it knows of an end before other processes do. Refresh tokens are nobody's business but security's.
 */
export const introspectToken =
  ({ database, servicePrincipals, sessions, authenticateClient, readAccessToken, now }: Deps) =>
  async (request: OAuthRequest): Promise<KnownAccessToken | undefined> => {
    await authenticateClient(request)
    const known = await readAccessToken(required(request.form, 'token'))
    if (known === undefined) return undefined
    const at = now()
    const { principal } = known
    const service = principal.kind === 'service' ? principal.id : principal.actingServiceId
    if (principal.kind === 'user') {
      if (!(await sessions.isOpen(database, sessionId.parse(principal.sessionId), at))) return undefined
    }
    if (service !== undefined) {
      const found = await servicePrincipals.findForSignIn(database, servicePrincipalId.parse(service), at)
      if (found === undefined || found.principal.disabledAt !== undefined) return undefined
    }
    return known
  }
