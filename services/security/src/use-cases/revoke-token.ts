import { revocations } from '@neotool/contracts/events/tables'
import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS } from '@neotool/kit/auth'
import { addTableEntry } from '@neotool/kit/events/outbox'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { required } from '../oauth/form.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { ReadAccessToken } from '../oauth/read-access-token.ts'
import type { OAuthRequest } from '../oauth/request.ts'
import { refreshToken } from '../refresh-token.ts'
import type { AuthenticateClient } from './authenticate-client.ts'
import type { signOut } from './sign-out.ts'

type Deps = {
  database: Database<Tables>
  authenticateClient: AuthenticateClient
  signOut: ReturnType<typeof signOut>
  readAccessToken: ReadAccessToken
  audit: Audit
  now: () => Date
}

/**
 * RFC 7009: a refresh token ends its session, for whoever has it may do that anyway; an access token that was issued to the
 * client is refused by every process within a second. A token that is not good is no error: what was asked for is so.
 */
export const revokeToken =
  ({ database, authenticateClient, signOut, readAccessToken, audit, now }: Deps) =>
  async (request: OAuthRequest): Promise<void> => {
    const { form, trace, client } = request
    const { principal } = await authenticateClient(request)
    const token = required(form, 'token')
    if (refreshToken.safeParse(token).success) {
      return signOut({ actor: ANONYMOUS, trace, client }, { refreshToken: token })
    }
    const known = await readAccessToken(token)
    if (known === undefined) return
    if (known.clientId !== principal.id) throw new OAuthError('invalid_grant', 'The token was issued to somebody else.')
    const { id, permissions } = principal
    await inTransaction(database, async (tx) => {
      const revokedAt = now().toISOString()
      await addTableEntry(tx, revocations, known.tokenId, { tokenId: known.tokenId, revokedAt })
      const actor = { kind: 'service', id, permissions } as const
      const resource = { type: 'Token', id: known.tokenId }
      await audit.record(tx, { actor, action: 'security:token:revoke', resource, outcome: 'allowed' }, trace)
    })
  }
