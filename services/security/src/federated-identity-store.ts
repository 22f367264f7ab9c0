import type { Database, Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { FederatedIdentity, FederatedPerson } from './identity-provider.ts'
import type { UserId } from './user.ts'

type Named = Pick<FederatedPerson, 'issuer' | 'subject'>

/** All SQL of accounts at other providers. */
export const federatedIdentityStore = {
  async findUserId(database: Database<Tables>, { issuer, subject }: Named): Promise<UserId | undefined> {
    const row = await database
      .selectFrom('federated_identities')
      .select('user_id')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst()
    return row?.user_id
  },

  /** Whether it is linked now; not where it, or another one of the issuer, belongs to an account already. */
  async link(tx: Tx<Tables>, userId: UserId, { issuer, subject }: Named, at: Date): Promise<boolean> {
    const row = await tx
      .insertInto('federated_identities')
      .values({ issuer, subject, user_id: userId, linked_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .returning('user_id')
      .executeTakeFirst()
    return row !== undefined
  },

  /** Whether there was one to unlink. */
  async unlink(tx: Tx<Tables>, userId: UserId, issuer: string): Promise<boolean> {
    const row = await tx
      .deleteFrom('federated_identities')
      .where('user_id', '=', userId)
      .where('issuer', '=', issuer)
      .returning('user_id')
      .executeTakeFirst()
    return row !== undefined
  },

  async listOf(database: Database<Tables>, userId: UserId): Promise<readonly FederatedIdentity[]> {
    const rows = await database
      .selectFrom('federated_identities')
      .select(['issuer', 'linked_at'])
      .where('user_id', '=', userId)
      .orderBy('linked_at')
      .execute()
    return rows.map((row) => ({ issuer: row.issuer, linkedAt: row.linked_at }))
  },

  /** Whether this is the first use of the token; two at once: one is. */
  async claimToken(tx: Tx<Tables>, tokenHash: Buffer, expiresAt: Date): Promise<boolean> {
    const row = await tx
      .insertInto('used_id_tokens')
      .values({ token_hash: tokenHash, expires_at: expiresAt })
      .onConflict((conflict) => conflict.doNothing())
      .returning('token_hash')
      .executeTakeFirst()
    return row !== undefined
  },

  /** Deletes what has expired anyway; returns how many rows. */
  async purgeTokens(database: Database<Tables>, now: Date): Promise<number> {
    const { numDeletedRows } = await database
      .deleteFrom('used_id_tokens')
      .where('expires_at', '<', now)
      .executeTakeFirst()
    return Number(numDeletedRows)
  },
}

export type FederatedIdentityStore = typeof federatedIdentityStore
