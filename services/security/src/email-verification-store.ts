import type { Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { NewVerification, VerificationToken } from './email-verification.ts'
import { hashOfToken } from './opaque-token.ts'
import type { UserId } from './user.ts'

/** All SQL of the tokens that verify an e-mail. */
export const emailVerificationStore = {
  /** Keeps the user's new token; the one before it is void. */
  async replace(tx: Tx<Tables>, userId: UserId, { token, expiresAt }: NewVerification): Promise<void> {
    const row = { token_hash: hashOfToken(token), expires_at: expiresAt }
    await tx
      .insertInto('email_verification_tokens')
      .values({ user_id: userId, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .execute()
  },

  /** Takes the token away and answers whose it was, or undefined where it is not good; two who take it at once: one gets it. */
  async take(tx: Tx<Tables>, token: VerificationToken, now: Date): Promise<UserId | undefined> {
    const row = await tx
      .deleteFrom('email_verification_tokens')
      .where('token_hash', '=', hashOfToken(token))
      .where('expires_at', '>', now)
      .returning('user_id')
      .executeTakeFirst()
    return row?.user_id
  },
}

export type EmailVerificationStore = typeof emailVerificationStore
