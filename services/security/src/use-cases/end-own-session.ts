import type { Audit } from '@neotool/kit/audit'
import { requireUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import { endSession } from '../end-session.ts'
import type { EndSessionInput } from '../generated/graphql.ts'
import { type SessionId, sessionId, sessionUnknown } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import { userId } from '../user.ts'

type Deps = {
  database: Database<Tables>
  sessions: SessionStore
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

const choice = z.object({ id: sessionId })

/**
 * Ends one of the caller's sessions; one that is over already is no error. Throws SESSION_NOT_FOUND, also for a session of
 * somebody else: nobody learns which there are.
 */
export const endOwnSession =
  ({ database, sessions, authorizer, audit, now }: Deps) =>
  async ({ actor, trace }: Caller, input: EndSessionInput): Promise<SessionId> => {
    const owner = userId.parse(requireUser(actor).id)
    const decision = authorizer.authorize(actor, 'security:account:save', { type: 'User', id: owner })
    const { id } = parseInput(choice, input)
    await inTransaction(database, async (tx) => {
      const session = await sessions.lockOf(tx, owner, id)
      if (session === undefined) throw sessionUnknown()
      if (session.isEnded) return
      await endSession(tx, sessions, { sessionId: id, reason: 'ended-by-owner', at: now() })
      await audit.recordDecision(tx, decision, trace)
      const ended = { actor, action: 'security:session:end', resource: { type: 'Session', id } }
      await audit.record(tx, { ...ended, outcome: 'allowed' }, trace)
    })
    return id
  }
