import type { Database, Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { UserId } from './user.ts'

export type TotpFactor = {
  readonly sealedSecret: Buffer
  readonly confirmedAt: Date | null
  readonly lastUsedStep: number | null
}

export type CodeAttempts = { readonly failures: number; readonly lockedUntil: Date | null }

/** All SQL of TOTP, recovery codes, and wrong codes. Whoever changes any of it has locked the user before. */
export const factorStore = {
  async findTotp(database: Database<Tables>, userId: UserId): Promise<TotpFactor | undefined> {
    const row = await database.selectFrom('totp_factors').selectAll().where('user_id', '=', userId).executeTakeFirst()
    return row && { sealedSecret: row.sealed_secret, confirmedAt: row.confirmed_at, lastUsedStep: row.last_used_step }
  },

  /** Keeps a secret that is not confirmed yet, in place of one that never was. */
  async replacePendingTotp(tx: Tx<Tables>, userId: UserId, sealedSecret: Buffer, at: Date): Promise<void> {
    const row = { sealed_secret: sealedSecret, created_at: at }
    await tx
      .insertInto('totp_factors')
      .values({ user_id: userId, ...row, confirmed_at: null, last_used_step: null })
      .onConflict((conflict) =>
        conflict.column('user_id').doUpdateSet(row).where('totp_factors.confirmed_at', 'is', null),
      )
      .execute()
  },

  async confirmTotp(tx: Tx<Tables>, userId: UserId, step: number, at: Date): Promise<void> {
    const change = { confirmed_at: at, last_used_step: step }
    await tx.updateTable('totp_factors').set(change).where('user_id', '=', userId).execute()
  },

  async useStep(tx: Tx<Tables>, userId: UserId, step: number): Promise<void> {
    await tx.updateTable('totp_factors').set({ last_used_step: step }).where('user_id', '=', userId).execute()
  },

  async removeTotp(tx: Tx<Tables>, userId: UserId): Promise<void> {
    await tx.deleteFrom('totp_factors').where('user_id', '=', userId).execute()
  },

  async countRecoveryCodes(database: Database<Tables>, userId: UserId): Promise<number> {
    const { count } = await database
      .selectFrom('recovery_codes')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('user_id', '=', userId)
      .executeTakeFirstOrThrow()
    return Number(count)
  },

  /** The former codes are void; without new ones there are none. */
  async replaceRecoveryCodes(tx: Tx<Tables>, userId: UserId, hashes: readonly Buffer[]): Promise<void> {
    await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
    if (hashes.length === 0) return
    const rows = hashes.map((code_hash) => ({ user_id: userId, code_hash }))
    await tx.insertInto('recovery_codes').values(rows).execute()
  },

  /** Uses a code up; false where there is none such. */
  async takeRecoveryCode(tx: Tx<Tables>, userId: UserId, hash: Buffer): Promise<boolean> {
    const row = await tx
      .deleteFrom('recovery_codes')
      .where('user_id', '=', userId)
      .where('code_hash', '=', hash)
      .returning('user_id')
      .executeTakeFirst()
    return row !== undefined
  },

  async findAttempts(tx: Tx<Tables>, userId: UserId): Promise<CodeAttempts> {
    const row = await tx.selectFrom('code_attempts').selectAll().where('user_id', '=', userId).executeTakeFirst()
    return { failures: row?.failures ?? 0, lockedUntil: row?.locked_until ?? null }
  },

  async saveAttempts(tx: Tx<Tables>, userId: UserId, { failures, lockedUntil }: CodeAttempts): Promise<void> {
    const row = { failures, locked_until: lockedUntil }
    await tx
      .insertInto('code_attempts')
      .values({ user_id: userId, ...row })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet(row))
      .execute()
  },

  async forgetAttempts(tx: Tx<Tables>, userId: UserId): Promise<void> {
    await tx.deleteFrom('code_attempts').where('user_id', '=', userId).execute()
  },
}

export type FactorStore = typeof factorStore
