import type { Database, Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { LinkToken, NewLinkToken } from './link-token.ts'
import { hashOfToken } from './opaque-token.ts'
import type { UserId } from './user.ts'

/** All SQL of the tokens that the links of one kind of mail carry: one for each user, stored as a hash, good once. */
export const linkTokenStore = (table: 'email_verification_tokens' | 'password_reset_tokens') => ({
  /** Keeps the user's new token; the one before it is void. */
  async replace(tx: Tx<Tables>, userId: UserId, { token, expiresAt }: NewLinkToken): Promise<void> {
    const row = { token_hash: hashOfToken(token), expires_at: expiresAt }
    await tx
      .insertInto(table)
      .values({ user_id: userId, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .execute()
  },

  /** Whose token it is, or undefined where it is not good. */
  async find(database: Database<Tables>, token: LinkToken, now: Date): Promise<UserId | undefined> {
    const row = await database
      .selectFrom(table)
      .select('user_id')
      .where('token_hash', '=', hashOfToken(token))
      .where('expires_at', '>', now)
      .executeTakeFirst()
    return row?.user_id
  },

  /** Takes the token away and answers whose it was, or undefined where it is not good; two who take it at once: one gets it. */
  async take(tx: Tx<Tables>, token: LinkToken, now: Date): Promise<UserId | undefined> {
    const row = await tx
      .deleteFrom(table)
      .where('token_hash', '=', hashOfToken(token))
      .where('expires_at', '>', now)
      .returning('user_id')
      .executeTakeFirst()
    return row?.user_id
  },

  /** Voids the user's token, if there is one. */
  async delete(tx: Tx<Tables>, userId: UserId): Promise<void> {
    await tx.deleteFrom(table).where('user_id', '=', userId).execute()
  },

  async deleteExpired(database: Database<Tables>, now: Date): Promise<number> {
    const result = await database.deleteFrom(table).where('expires_at', '<', now).executeTakeFirst()
    return Number(result.numDeletedRows)
  },
})

export type LinkTokenStore = ReturnType<typeof linkTokenStore>
