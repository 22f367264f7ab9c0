import { type Database, onConstraint, type Tx } from '@neotool/kit/postgres'
import type { Selectable } from 'kysely'
import type { Tables } from './database.ts'
import { type NewPasskey, type Passkey, type PasskeyId, passkeyKnown } from './passkey.ts'
import type { UserId } from './user.ts'

/** All SQL of passkeys. */
export const passkeyStore = {
  async listOf(database: Database<Tables>, userId: UserId): Promise<readonly Passkey[]> {
    const rows = await database
      .selectFrom('passkeys')
      .selectAll()
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .orderBy('id')
      .execute()
    return rows.map(toPasskey)
  },

  /** The passkey of a credential; two who use it at once come one after the other, so that both see the last count. */
  async lockByCredential(tx: Tx<Tables>, credentialId: Buffer): Promise<Passkey | undefined> {
    const row = await tx
      .selectFrom('passkeys')
      .selectAll()
      .where('credential_id', '=', credentialId)
      .forUpdate()
      .executeTakeFirst()
    return row && toPasskey(row)
  },

  /** Throws PASSKEY_KNOWN where the credential is somebody's already. */
  async insert(tx: Tx<Tables>, passkey: NewPasskey): Promise<Passkey> {
    const row = await tx
      .insertInto('passkeys')
      .values({
        user_id: passkey.userId,
        name: passkey.name,
        credential_id: passkey.credentialId,
        public_key: passkey.publicKey,
        signature_count: passkey.signatureCount,
        transports: [...passkey.transports],
        created_at: passkey.createdAt,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
      .catch(onConstraint({ passkeys_credential_unique: passkeyKnown }))
    return toPasskey(row)
  },

  async noteUse(tx: Tx<Tables>, id: PasskeyId, signatureCount: number, at: Date): Promise<void> {
    const change = { signature_count: signatureCount, last_used_at: at }
    await tx.updateTable('passkeys').set(change).where('id', '=', id).execute()
  },

  /** False where the user has no such passkey. */
  async remove(tx: Tx<Tables>, userId: UserId, id: PasskeyId): Promise<boolean> {
    const row = await tx
      .deleteFrom('passkeys')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .returning('id')
      .executeTakeFirst()
    return row !== undefined
  },
}

export type PasskeyStore = typeof passkeyStore

const toPasskey = (row: Selectable<Tables['passkeys']>): Passkey => ({
  id: row.id,
  userId: row.user_id,
  name: row.name,
  credentialId: row.credential_id,
  publicKey: row.public_key,
  signatureCount: Number(row.signature_count),
  transports: row.transports,
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
})
