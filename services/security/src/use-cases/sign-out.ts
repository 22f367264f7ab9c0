import type { Audit } from '@neotool/kit/audit'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { endSession } from '../end-session.ts'
import type { SignOutInput } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import { refreshToken } from '../refresh-token.ts'
import { toActor } from '../session.ts'
import type { SessionStore } from '../session-store.ts'

type Deps = {
  database: Database<Tables>
  groups: GroupStore
  sessions: SessionStore
  audit: Audit
  now: () => Date
}

/**
 * Ends the session of a refresh token, a used one too. A session that is over and a token that nobody knows are no error:
 * what the caller wanted is so. Every service refuses the access tokens that are out within a second.
 */
export const signOut =
  ({ database, groups, sessions, audit, now }: Deps) =>
  async ({ trace }: Caller, input: SignOutInput): Promise<void> => {
    const token = refreshToken.safeParse(input.refreshToken)
    if (!token.success) return
    await inTransaction(database, async (tx) => {
      const found = await sessions.lockByToken(tx, token.data)
      if (found === undefined || found.session.isEnded) return
      const { session } = found
      const at = now()
      await endSession(tx, sessions, { sessionId: session.id, reason: 'signed-out', at })
      // The token is the proof of whose session it is; the caller may have no access token any more.
      const actor = toActor(session, await groups.rightsOf(tx, session.userId, at))
      const resource = { type: 'Session', id: session.id }
      await audit.record(tx, { actor, action: 'security:session:end', resource, outcome: 'allowed' }, trace)
    })
  }
