import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser, type UserActor } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction, type Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { FactorStore } from './factor-store.ts'
import type { GroupStore } from './group-store.ts'
import type { PasskeyStore } from './passkey-store.ts'
import { revokeRights } from './revoke-rights.ts'
import { isOver, type Session, sessionEnded, sessionId } from './session.ts'
import type { SessionStore } from './session-store.ts'
import { userId as parsedUserId, type UserId } from './user.ts'
import type { UserStore } from './user-store.ts'

export type ChangeFactorsDeps = {
  readonly database: Database<Tables>
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly factors: FactorStore
  readonly passkeys: PasskeyStore
  readonly authorizer: Authorizer
  readonly audit: Audit
  readonly now: () => Date
}

/** Somebody who may change their own factors now. */
export type Owner = {
  readonly actor: UserActor
  readonly userId: UserId
  readonly session: Session
  readonly hasShortPassword: boolean
  readonly at: Date
}

/**
 * Runs a change of the caller's own factors in one transaction, one after the other for each user. Throws STEP_UP_REQUIRED
 * where the caller's last proof is too old, by the access token or by what is known of the session now.
 */
export const changeFactors = async <Result>(
  { database, users, sessions, authorizer, audit, now }: ChangeFactorsDeps,
  { actor: anybody, trace }: Caller,
  work: (tx: Tx<Tables>, owner: Owner) => Promise<Result>,
): Promise<Result> => {
  const actor = requireFreshUser(anybody, now())
  const userId = parsedUserId.parse(actor.id)
  const decision = authorizer.authorize(actor, 'security:account:save', { type: 'User', id: userId })
  return inTransaction(database, async (tx) => {
    const locked = await users.lockAgainstChange(tx, userId)
    const session = await sessions.lock(tx, sessionId.parse(actor.sessionId))
    const at = now()
    if (locked === undefined || session === undefined || isOver(session, at)) throw sessionEnded()
    // A factor that was added in another session a moment ago has made this one stale; its token does not know yet.
    requireFreshUser({ ...actor, authenticatedAt: session.authenticatedAt }, at)
    await audit.recordDecision(tx, decision, trace)
    return work(tx, { actor, userId, session, hasShortPassword: locked.hasShortPassword, at })
  })
}

// A little more than stays fresh.
const STALE_MS = 5 * 60_000 + 1_000

/**
 * After a factor was added, with a proof of it: this session has used it, the user's others have to before they may change
 * credentials. Access tokens that are out tell an older proof, so they have to be refreshed.
 */
export const trustThisSession = async (
  tx: Tx<Tables>,
  { sessions, groups }: { sessions: SessionStore; groups: GroupStore },
  { session, userId, at }: Owner,
): Promise<void> => {
  await sessions.confirm(tx, session, 'multi-factor', at)
  await sessions.ageOthers(tx, session, new Date(at.getTime() - STALE_MS))
  await revokeRights(tx, groups, { principalIds: [userId] }, at)
}
