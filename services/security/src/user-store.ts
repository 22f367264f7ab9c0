import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import type { Locale, ProfileChange, User, UserId } from './user.ts'

type NewUser = {
  readonly email: string
  readonly displayName: string
  /** Nobody signs in by password where there is none. */
  readonly passwordHash?: string
  readonly locale: Locale
}

/** All SQL of the user. The password's hash leaves it by `findWithHash` and `lockHash` alone. */
export const userStore = {
  /** The new user, or undefined where the e-mail is in use. */
  async insertIfNew(tx: Tx<Tables>, { email, displayName, passwordHash, locale }: NewUser): Promise<User | undefined> {
    const row = await tx
      .insertInto('users')
      .values({ email, display_name: displayName, password_hash: passwordHash ?? null, locale })
      .onConflict((conflict) => conflict.constraint('users_email_unique').doNothing())
      .returning(USER_COLUMNS)
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
    by: { readonly email: string } | { readonly id: UserId },
  ): Promise<{ user: User; passwordHash: string | undefined } | undefined> {
    const row = await database
      .selectFrom('users')
      .select([...USER_COLUMNS, 'password_hash'])
      .where((user) =>
        'id' in by ? user('id', '=', by.id) : user('email_normalized', '=', sql<string>`lower(${by.email})`),
      )
      .executeTakeFirst()
    return row && { user: toUser(row), passwordHash: row.password_hash ?? undefined }
  },

  /** The hash of a user's password; nobody changes it until the transaction ends. */
  async lockHash(tx: Tx<Tables>, userId: UserId): Promise<string | undefined> {
    const row = await tx
      .selectFrom('users')
      .select('password_hash')
      .where('id', '=', userId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    return row?.password_hash ?? undefined
  },

  /** Another hash of the password that they have; the row must be locked. */
  async setHash(tx: Tx<Tables>, userId: UserId, passwordHash: string): Promise<void> {
    await tx.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', userId).execute()
  },

  /** Another password; the row must be locked. */
  async setPassword(tx: Tx<Tables>, userId: UserId, chosen: { hash: string; isShort: boolean }): Promise<void> {
    const change = { password_hash: chosen.hash, has_short_password: chosen.isShort }
    await tx.updateTable('users').set(change).where('id', '=', userId).execute()
  },

  async find(database: Database<Tables>, userId: UserId): Promise<User | undefined> {
    const [user] = await userStore.loadMany(database, [userId])
    return user
  },

  /** The user, whom nobody else changes until the transaction ends. */
  async lock(tx: Tx<Tables>, userId: UserId): Promise<User | undefined> {
    const row = await tx
      .selectFrom('users')
      .select(USER_COLUMNS)
      .where('id', '=', userId)
      .forUpdate()
      .executeTakeFirst()
    return row && toUser(row)
  },

  async lockByEmail(tx: Tx<Tables>, email: string): Promise<User | undefined> {
    const row = await tx
      .selectFrom('users')
      .select(USER_COLUMNS)
      .where('email_normalized', '=', sql<string>`lower(${email})`)
      .forUpdate()
      .executeTakeFirst()
    return row && toUser(row)
  },

  /** The user with the given fields changed; the row must be locked. */
  async saveProfile(tx: Tx<Tables>, userId: UserId, { displayName, locale }: ProfileChange): Promise<User> {
    const row = await tx
      .updateTable('users')
      .set({
        ...(displayName !== undefined && { display_name: displayName }),
        ...(locale !== undefined && { locale }),
        version: sql`version + 1`,
        updated_at: sql`now()`,
      })
      .where('id', '=', userId)
      .returning(USER_COLUMNS)
      .executeTakeFirstOrThrow()
    return toUser(row)
  },

  /** Deletes the user and, by their references, everything of theirs in this database. */
  async delete(tx: Tx<Tables>, userId: UserId): Promise<void> {
    await tx.deleteFrom('users').where('id', '=', userId).execute()
  },

  async markEmailVerified(tx: Tx<Tables>, userId: UserId, at: Date): Promise<void> {
    await tx.updateTable('users').set({ email_verified_at: at }).where('id', '=', userId).execute()
  },

  /** Until the transaction ends nobody can disable or delete the account, nor use or change its factors. */
  async lockAgainstChange(
    tx: Tx<Tables>,
    userId: UserId,
  ): Promise<{ isDisabled: boolean; hasShortPassword: boolean } | undefined> {
    const row = await tx
      .selectFrom('users')
      .select(['disabled_at', 'has_short_password'])
      .where('id', '=', userId)
      .forNoKeyUpdate()
      .executeTakeFirst()
    return row && { isDisabled: row.disabled_at !== null, hasShortPassword: row.has_short_password }
  },

  async loadMany(database: Database<Tables>, ids: readonly UserId[]): Promise<readonly User[]> {
    const rows = await database.selectFrom('users').select(USER_COLUMNS).where('id', 'in', ids).execute()
    return rows.map(toUser)
  },
}

export type UserStore = typeof userStore

export const USER_COLUMNS = [
  'id',
  'email',
  'email_verified_at',
  'display_name',
  'locale',
  'disabled_at',
  'version',
  'created_at',
] as const

export const toUser = (row: Pick<Selectable<Tables['users']>, (typeof USER_COLUMNS)[number]>): User => ({
  id: row.id,
  email: row.email,
  isEmailVerified: row.email_verified_at !== null,
  displayName: row.display_name,
  locale: row.locale,
  isDisabled: row.disabled_at !== null,
  version: row.version,
  createdAt: row.created_at,
})
