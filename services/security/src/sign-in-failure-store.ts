import type { Database, Tx } from '@neotool/kit/postgres'
import { sql } from 'kysely'
import type { Tables } from './database.ts'

/** From the `threshold`-th failure on, each one locks: first for `firstSeconds`, then twice as long each time. */
export type LockRule = { readonly threshold: number; readonly firstSeconds: number; readonly longestSeconds: number }

const FORGOTTEN_AFTER_MS = 24 * 60 * 60 * 1_000

/** All SQL of passwords that were wrong. */
export const signInFailureStore = {
  /**
   * Counts an attempt as a failure, before anybody knows whether it is one: of many at once no more get through than the
   * rule allows. Answers the count, or until when it is locked; then nothing was counted.
   */
  async count(
    tx: Tx<Tables>,
    key: string,
    { threshold, firstSeconds, longestSeconds }: LockRule,
    now: Date,
  ): Promise<{ readonly failures: number } | { readonly lockedUntil: Date }> {
    const forgottenAt = new Date(now.getTime() + FORGOTTEN_AFTER_MS)
    const {
      rows: [counted],
    } = await sql<{ failures: number }>`
      insert into sign_in_failures as known (key, failures, forgotten_at) values (${key}, 1, ${forgottenAt})
      on conflict (key) do update set
        failures = case when known.forgotten_at <= ${now} then 1 else known.failures + 1 end,
        locked_until = case when known.forgotten_at > ${now} and known.failures + 1 >= ${threshold}::integer then
          ${now}::timestamptz + interval '1 second' * least(
            ${longestSeconds}::integer,
            ${firstSeconds}::integer * 2 ^ least(known.failures + 1 - ${threshold}::integer, 20)
          )
        end,
        forgotten_at = excluded.forgotten_at
      where known.locked_until is null or known.locked_until <= ${now}
      returning failures`.execute(tx)
    if (counted !== undefined) return { failures: counted.failures }
    const row = await tx
      .selectFrom('sign_in_failures')
      .select('locked_until')
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    return { lockedUntil: row.locked_until ?? now }
  },

  /** Takes back one attempt, which was no failure, and opens what it locked. */
  async takeBack(tx: Tx<Tables>, key: string): Promise<void> {
    await tx.deleteFrom('sign_in_failures').where('key', '=', key).where('failures', '=', 1).execute()
    await tx
      .updateTable('sign_in_failures')
      .set((row) => ({ failures: row('failures', '-', 1), locked_until: null }))
      .where('key', '=', key)
      .execute()
  },

  async forget(tx: Tx<Tables> | Database<Tables>, key: string): Promise<void> {
    await tx.deleteFrom('sign_in_failures').where('key', '=', key).execute()
  },

  async deleteForgotten(database: Database<Tables>, now: Date): Promise<number> {
    const result = await database.deleteFrom('sign_in_failures').where('forgotten_at', '<', now).executeTakeFirst()
    return Number(result.numDeletedRows)
  },
}

export type SignInFailureStore = typeof signInFailureStore
