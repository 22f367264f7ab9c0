import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction, type Tx } from '@neotool/kit/postgres'
import type { Logger } from '@neotool/kit/telemetry'
import type { IssueAccessToken } from '../access-token.ts'
import type { Tables } from '../database.ts'
import { endSession } from '../end-session.ts'
import type { RefreshAccessTokenInput, SessionTokens } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import type { Rights } from '../groups.ts'
import type { Limits } from '../limits.ts'
import { type RefreshToken, refreshToken, type SucceedToken } from '../refresh-token.ts'
import { judgeTokenUse, refreshTokenExpiry, type Session, sessionEnded } from '../session.ts'
import type { SessionStore } from '../session-store.ts'

type Deps = {
  database: Database<Tables>
  groups: GroupStore
  sessions: SessionStore
  limits: Limits
  succeedToken: SucceedToken
  issueAccessToken: IssueAccessToken
  audit: Audit
  now: () => Date
  log: Logger
}

type Refreshed = { session: Session; rights: Rights; refreshTokenExpiresAt: Date; refreshedAt: Date }

/**
 * Exchanges a refresh token for its successor and an access token with the rights of the moment. Throws SESSION_ENDED where
 * the session is over, or ends because the token was replaced long since.
 */
export const refreshAccessToken = ({
  database,
  groups,
  sessions,
  limits,
  succeedToken,
  issueAccessToken,
  audit,
  now,
  log,
}: Deps) => {
  // Undefined, never an error, for what is refused: an error would roll back the end of a session whose token was stolen.
  const useToken = async (
    tx: Tx<Tables>,
    { client, trace }: Caller,
    token: RefreshToken,
    successor: RefreshToken,
  ): Promise<Refreshed | undefined> => {
    const found = await sessions.lockByToken(tx, token)
    if (found === undefined) return undefined
    const { session, known } = found
    const refreshedAt = now()
    const use = judgeTokenUse(session, known, refreshedAt)
    if (use === 'end') {
      await endSession(tx, sessions, { sessionId: session.id, reason: 'token-reused', at: refreshedAt })
      // Nobody can tell whether it was the owner or the thief.
      const resource = { type: 'Session', id: session.id }
      await audit.record(
        tx,
        { actor: ANONYMOUS, action: 'security:session:refresh', resource, outcome: 'failed', reason: 'TOKEN_REUSED' },
        trace,
      )
      log.warn({ sessionId: session.id, userId: session.userId }, 'a replaced refresh token was used: session ended')
    }
    if (use === 'end' || use === 'refuse') return undefined
    const refreshTokenExpiresAt = refreshTokenExpiry(session, known.usedAt ?? refreshedAt)
    if (use === 'rotate') {
      await sessions.replaceToken(
        tx,
        session.id,
        { token, usedAt: refreshedAt, client },
        { token: successor, expiresAt: refreshTokenExpiresAt },
      )
    }
    return {
      session,
      rights: await groups.rightsOf(tx, session.userId, refreshedAt),
      refreshTokenExpiresAt,
      refreshedAt,
    }
  }

  return async (caller: Caller, input: RefreshAccessTokenInput): Promise<{ session: SessionTokens }> => {
    const token = refreshToken.safeParse(input.refreshToken)
    if (!token.success) throw sessionEnded()
    // A token that nobody knows counts for the address alone.
    const account = await sessions.findUserByToken(database, token.data)
    await limits.take('refresh', { ...(account && { account }), address: caller.client.address })
    const successor = succeedToken(token.data)
    const refreshed = await inTransaction(database, (tx) => useToken(tx, caller, token.data, successor))
    if (refreshed === undefined) throw sessionEnded()
    const { session, rights, refreshTokenExpiresAt, refreshedAt } = refreshed
    const access = await issueAccessToken(session, rights, refreshedAt)
    return { session: { ...access, refreshToken: successor, refreshTokenExpiresAt } }
  }
}
