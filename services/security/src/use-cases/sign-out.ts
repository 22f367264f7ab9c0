import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import { endSession } from '../end-session.ts'
import type { SignOutInput } from '../generated/graphql.ts'
import { refreshToken } from '../refresh-token.ts'
import type { SessionStore } from '../session-store.ts'

type Deps = { database: Database<Tables>; sessions: SessionStore; now: () => Date }

/**
 * Ends the session of a refresh token, a used one too. A session that is over and a token that nobody knows are no error:
 * what the caller wanted is so. Every service refuses the access tokens that are out within a second.
 */
export const signOut =
  ({ database, sessions, now }: Deps) =>
  async (input: SignOutInput): Promise<void> => {
    const token = refreshToken.safeParse(input.refreshToken)
    if (!token.success) return
    await inTransaction(database, async (tx) => {
      const found = await sessions.lockByToken(tx, token.data)
      if (found === undefined || found.session.isEnded) return
      await endSession(tx, sessions, { sessionId: found.session.id, reason: 'signed-out', at: now() })
    })
  }
