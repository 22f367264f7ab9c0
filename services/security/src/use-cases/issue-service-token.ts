import type { Audit } from '@neotool/kit/audit'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { OAuthRequest } from '../oauth/request.ts'
import { grantedAudience, grantedScope } from '../oauth/scope.ts'
import type { ServiceToken, SignServiceToken } from '../service-token.ts'
import type { AuthenticateClient } from './authenticate-client.ts'

type Deps = {
  database: Database<Tables>
  authenticateClient: AuthenticateClient
  signServiceToken: SignServiceToken
  audit: Audit
  now: () => Date
}

export type GrantedToken = ServiceToken & { readonly permissions: readonly string[] }

/** An access token of the client's own, RFC 6749, section 4.4: with all its permissions, or the scope that it asks for. */
export const issueServiceToken =
  ({ database, authenticateClient, signServiceToken, audit, now }: Deps) =>
  async (request: OAuthRequest): Promise<GrantedToken> => {
    const { principal, rightsVersion } = await authenticateClient(request)
    const { id, audiences } = principal
    const audience = grantedAudience(request.form, audiences)
    const permissions = grantedScope(request.form, principal.permissions)
    const actor = { kind: 'service', id, permissions } as const
    const resource = { type: 'Service', id }
    await inTransaction(database, (tx) =>
      audit.record(tx, { actor, action: 'security:token:issue', resource, outcome: 'allowed' }, request.trace),
    )
    const token = await signServiceToken({ clientId: id, audience, permissions, rightsVersion, issuedAt: now() })
    return { ...token, permissions }
  }
