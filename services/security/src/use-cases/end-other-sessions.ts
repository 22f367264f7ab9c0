import type { Audit } from '@neotool/kit/audit'
import { requireUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { endSessionsOf } from '../end-session.ts'
import { sessionId } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import { userId } from '../user.ts'

type Deps = {
  database: Database<Tables>
  sessions: SessionStore
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

/** Ends all of the caller's sessions but the one that asks for it; answers how many. */
export const endOtherSessions =
  ({ database, sessions, authorizer, audit, now }: Deps) =>
  async ({ actor, trace }: Caller): Promise<number> => {
    const caller = requireUser(actor)
    const owner = userId.parse(caller.id)
    const decision = authorizer.authorize(actor, 'security:account:save', { type: 'User', id: owner })
    const except = sessionId.parse(caller.sessionId)
    return inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      return endSessionsOf(tx, sessions, { userId: owner, except, reason: 'ended-by-owner', at: now() })
    })
  }
