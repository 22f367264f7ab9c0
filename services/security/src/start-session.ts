import type { Tx } from '@neotool/kit/postgres'
import type { IssueAccessToken } from './access-token.ts'
import type { Tables } from './database.ts'
import type { SessionTokens } from './generated/graphql.ts'
import type { GroupStore } from './group-store.ts'
import type { Rights } from './groups.ts'
import { createRefreshToken, type RefreshToken } from './refresh-token.ts'
import { beginSession, refreshTokenExpiry, type Session, type SignedIn } from './session.ts'
import type { SessionStore } from './session-store.ts'
import { accountDisabled, credentialsWrong } from './user.ts'
import type { UserStore } from './user-store.ts'

/** A session that was just begun, and what its tokens are made of. */
export type StartedSession = {
  readonly session: Session
  readonly rights: Rights
  readonly refreshToken: RefreshToken
  readonly refreshTokenExpiresAt: Date
}

/**
 * Begins a session of a user who has proved who they are: every way of signing in ends here. Throws ACCOUNT_DISABLED. The
 * lock closes the race with somebody who disables the account: one of the two waits, and then knows of the other.
 */
export const startSession = async (
  tx: Tx<Tables>,
  { users, sessions, groups }: { users: UserStore; sessions: SessionStore; groups: GroupStore },
  signedIn: SignedIn & { readonly at: Date },
): Promise<StartedSession> => {
  const account = await users.lockAgainstChange(tx, signedIn.userId)
  if (account === undefined) throw credentialsWrong()
  if (account.isDisabled) throw accountDisabled()
  const refreshToken = createRefreshToken()
  const begun = beginSession(signedIn, signedIn.at)
  const refreshTokenExpiresAt = refreshTokenExpiry(begun, signedIn.at)
  return {
    session: await sessions.insert(tx, begun, { token: refreshToken, expiresAt: refreshTokenExpiresAt }),
    rights: await groups.rightsOf(tx, signedIn.userId, signedIn.at),
    refreshToken,
    refreshTokenExpiresAt,
  }
}

/** The tokens of a session that was begun; after its transaction, because a signature takes milliseconds. */
export const tokensOf = async (
  { session, rights, refreshToken, refreshTokenExpiresAt }: StartedSession,
  issueAccessToken: IssueAccessToken,
): Promise<SessionTokens> => ({
  ...(await issueAccessToken(session, rights, session.authenticatedAt)),
  refreshToken,
  refreshTokenExpiresAt,
})
