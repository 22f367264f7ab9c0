import { revocations } from '@neotool/contracts/events/tables'
import { addTableEntry } from '@neotool/kit/events/outbox'
import type { Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { SessionEndReason, SessionId } from './session.ts'
import type { SessionStore } from './session-store.ts'
import type { UserId } from './user.ts'

/**
 * Ends a session, whose row must be locked and not ended yet. Every process learns of it a moment after the commit and
 * refuses the access tokens that are out.
 */
export const endSession = async (
  tx: Tx<Tables>,
  sessions: SessionStore,
  { sessionId, reason, at }: { sessionId: SessionId; reason: SessionEndReason; at: Date },
): Promise<void> => {
  await sessions.end(tx, sessionId, reason, at)
  await addTableEntry(tx, revocations, sessionId, { sessionId, revokedAt: at.toISOString() })
}

/**
 * Ends all open sessions of a user, except one where it is given; answers how many. Where the password changes, lock the
 * user's row before: a sign-in that is under way then waits, and looks again whether its password is still right.
 */
export const endSessionsOf = async (
  tx: Tx<Tables>,
  sessions: SessionStore,
  { userId, except, reason, at }: { userId: UserId; except?: SessionId; reason: SessionEndReason; at: Date },
): Promise<number> => {
  const open = await sessions.lockOpenOf(tx, userId, at, except)
  for (const sessionId of open) await endSession(tx, sessions, { sessionId, reason, at })
  return open.length
}
