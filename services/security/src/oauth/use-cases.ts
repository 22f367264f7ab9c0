import { authenticateClient } from '../use-cases/authenticate-client.ts'
import { exchangeToken } from '../use-cases/exchange-token.ts'
import { introspectToken } from '../use-cases/introspect-token.ts'
import { issueServiceToken } from '../use-cases/issue-service-token.ts'
import { revokeToken } from '../use-cases/revoke-token.ts'
import { signOut } from '../use-cases/sign-out.ts'
import type { UseCaseDeps } from '../use-cases.ts'

/** What a client of OAuth can ask for; each begins by asking who the client is. */
export const createOAuthUseCases = (given: UseCaseDeps) => {
  const deps = { ...given, signOut: signOut(given), authenticateClient: authenticateClient(given) }
  return {
    issueServiceToken: issueServiceToken(deps),
    exchangeToken: exchangeToken(deps),
    revokeToken: revokeToken(deps),
    introspectToken: introspectToken(deps),
  }
}
