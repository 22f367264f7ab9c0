import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import type { User, UserId } from './user.ts'

type NewUser = { readonly email: string; readonly displayName: string; readonly passwordHash: string }

/** All SQL of the user. The password's hash leaves it by `findWithHash` alone. */
export const userStore = {
  /** The new user, or undefined where the e-mail is in use. */
  async insertIfNew(tx: Tx<Tables>, { email, displayName, passwordHash }: NewUser): Promise<User | undefined> {
    const row = await tx
      .insertInto('users')
      .values({ email, display_name: displayName, password_hash: passwordHash })
      .onConflict((conflict) => conflict.constraint('users_email_unique').doNothing())
      .returning(COLUMNS)
      .executeTakeFirst()
    return row && toUser(row)
  },

  /** Takes the time of a new account, a flushed commit above all, and changes nothing. */
  async pretendInsert(tx: Tx<Tables>): Promise<void> {
    await sql`select pg_logical_emit_message(true, 'neotool-security', repeat('-', 500))`.execute(tx)
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

  async loadMany(database: Database<Tables>, ids: readonly UserId[]): Promise<readonly User[]> {
    const rows = await database.selectFrom('users').select(COLUMNS).where('id', 'in', ids).execute()
    return rows.map(toUser)
  },
}

export type UserStore = typeof userStore

const COLUMNS = ['id', 'email', 'display_name', 'created_at'] as const

const toUser = (row: Pick<Selectable<Tables['users']>, (typeof COLUMNS)[number]>): User => ({
  id: row.id,
  email: row.email,
  displayName: row.display_name,
  createdAt: row.created_at,
})
