import type { Database, Tx } from '@neotool/kit/postgres'
import type { Challenge, ChallengePurpose, ChallengeToken, NewChallenge } from './challenge.ts'
import type { Tables } from './database.ts'
import { hashOfToken } from './opaque-token.ts'
import type { UserId } from './user.ts'

/** All SQL of challenges. */
export const challengeStore = {
  async insert(tx: Tx<Tables>, challenge: NewChallenge): Promise<void> {
    await tx
      .insertInto('challenges')
      .values({
        token_hash: hashOfToken(challenge.token),
        purpose: challenge.purpose,
        user_id: challenge.userId ?? null,
        nonce: challenge.nonce,
        is_remembered: challenge.isRemembered,
        expires_at: challenge.expiresAt,
      })
      .execute()
  },

  /** The challenge, if it is still to be answered; two who answer it at once come one after the other. */
  async lock(
    tx: Tx<Tables>,
    token: ChallengeToken,
    purpose: ChallengePurpose,
    now: Date,
  ): Promise<Challenge | undefined> {
    const row = await tx
      .selectFrom('challenges')
      .selectAll()
      .where('token_hash', '=', hashOfToken(token))
      .where('purpose', '=', purpose)
      .where('expires_at', '>', now)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return undefined
    const { user_id: userId, nonce, is_remembered: isRemembered, failures } = row
    return { purpose, userId: userId ?? undefined, nonce, isRemembered, failures }
  },

  async countFailure(tx: Tx<Tables>, token: ChallengeToken): Promise<void> {
    await tx
      .updateTable('challenges')
      .set((row) => ({ failures: row('failures', '+', 1) }))
      .where('token_hash', '=', hashOfToken(token))
      .execute()
  },

  /** Those that nobody can answer any more; answers how many. */
  async deleteExpired(database: Database<Tables>, now: Date): Promise<number> {
    const result = await database.deleteFrom('challenges').where('expires_at', '<=', now).executeTakeFirst()
    return Number(result.numDeletedRows)
  },

  async remove(tx: Tx<Tables>, token: ChallengeToken): Promise<void> {
    await tx.deleteFrom('challenges').where('token_hash', '=', hashOfToken(token)).execute()
  },

  /** Ends the sign-ins of a user that wait for a second factor. */
  async removeSignInsOf(tx: Tx<Tables>, userId: UserId): Promise<void> {
    await tx.deleteFrom('challenges').where('user_id', '=', userId).where('purpose', '=', 'second-factor').execute()
  },
}

export type ChallengeStore = typeof challengeStore
