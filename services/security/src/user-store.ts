import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import type { Locale, Recipient, User, UserId } from './user.ts'

type NewUser = {
  readonly email: string
  readonly displayName: string
  readonly passwordHash: string
  readonly locale: Locale
}

/** All SQL of the user. The password's hash leaves it by `findWithHash` alone. */
export const userStore = {
  /** The new user, or undefined where the e-mail is in use. */
  async insertIfNew(tx: Tx<Tables>, { email, displayName, passwordHash, locale }: NewUser): Promise<User | undefined> {
    const row = await tx
      .insertInto('users')
      .values({ email, display_name: displayName, password_hash: passwordHash, locale })
      .onConflict((conflict) => conflict.constraint('users_email_unique').doNothing())
      .returning(COLUMNS)
      .executeTakeFirst()
    return row && toUser(row)
  },

  async findIdByEmail(tx: Tx<Tables>, email: string): Promise<UserId | undefined> {
    const row = await tx
      .selectFrom('users')
      .select('id')
      .where('email_normalized', '=', sql<string>`lower(${email})`)
      .executeTakeFirst()
    return row?.id
  },

  async findWithHash(
    database: Database<Tables>,
    email: string,
  ): Promise<{ user: User; passwordHash: string } | undefined> {
    const row = await database
      .selectFrom('users')
      .select([...COLUMNS, 'password_hash'])
      .where('email_normalized', '=', sql<string>`lower(${email})`)
      .executeTakeFirst()
    return row && { user: toUser(row), passwordHash: row.password_hash }
  },

  /** Replaces the hash unless the password was changed meanwhile. */
  async replaceHash(tx: Tx<Tables>, userId: UserId, formerHash: string, passwordHash: string): Promise<void> {
    await tx
      .updateTable('users')
      .set({ password_hash: passwordHash })
      .where('id', '=', userId)
      .where('password_hash', '=', formerHash)
      .execute()
  },

  async findRecipient(tx: Tx<Tables>, userId: UserId): Promise<Recipient | undefined> {
    const row = await tx
      .selectFrom('users')
      .select([...COLUMNS, 'locale'])
      .where('id', '=', userId)
      .executeTakeFirst()
    return row && { ...toUser(row), locale: row.locale }
  },

  async markEmailVerified(tx: Tx<Tables>, userId: UserId, at: Date): Promise<void> {
    await tx.updateTable('users').set({ email_verified_at: at }).where('id', '=', userId).execute()
  },

  /** Until the transaction ends nobody can disable or delete the account. */
  async lockAgainstChange(tx: Tx<Tables>, userId: UserId): Promise<{ isDisabled: boolean } | undefined> {
    const row = await tx
      .selectFrom('users')
      .select('disabled_at')
      .where('id', '=', userId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    return row && { isDisabled: row.disabled_at !== null }
  },

  async loadMany(database: Database<Tables>, ids: readonly UserId[]): Promise<readonly User[]> {
    const rows = await database.selectFrom('users').select(COLUMNS).where('id', 'in', ids).execute()
    return rows.map(toUser)
  },
}

export type UserStore = typeof userStore

const COLUMNS = ['id', 'email', 'email_verified_at', 'display_name', 'created_at'] as const

const toUser = (row: Pick<Selectable<Tables['users']>, (typeof COLUMNS)[number]>): User => ({
  id: row.id,
  email: row.email,
  isEmailVerified: row.email_verified_at !== null,
  displayName: row.display_name,
  createdAt: row.created_at,
})
