import type { Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { UserId } from './user.ts'

/** All SQL of what was sent to whom. */
export const sentMailStore = {
  /** Notes that a mail is sent now, unless one of its kind was sent after `notAfter`; answers whether it may be. */
  async claim(
    tx: Tx<Tables>,
    mail: { readonly userId: UserId; readonly kind: string },
    { now, notAfter }: { now: Date; notAfter: Date },
  ): Promise<boolean> {
    const row = await tx
      .insertInto('sent_mails')
      .values({ user_id: mail.userId, kind: mail.kind, sent_at: now })
      .onConflict((conflict) =>
        conflict.columns(['user_id', 'kind']).doUpdateSet({ sent_at: now }).where('sent_mails.sent_at', '<=', notAfter),
      )
      .returning('user_id')
      .executeTakeFirst()
    return row !== undefined
  },
}

export type SentMailStore = typeof sentMailStore
