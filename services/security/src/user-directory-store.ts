import { containing, keyset, type Order, type Page, type SortValue, toSortValue } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { sql } from 'kysely'
import type { Tables } from './database.ts'
import type { OrderDirection, UserOrderField } from './generated/graphql.ts'
import type { SessionId } from './session.ts'
import type { User, UserId } from './user.ts'
import { toUser, USER_COLUMNS } from './user-store.ts'

const ORDERS = {
  NAME: { key: sql`lower(users.display_name)`, valueType: 'text' },
  EMAIL: { key: sql`users.email_normalized`, valueType: 'text' },
  CREATED_AT: { key: sql`users.created_at`, valueType: 'timestamp' },
} as const satisfies Record<UserOrderField, Pick<Order, 'key' | 'valueType'>>

/** The order that a list of users is asked for in. */
export const userOrder = (field: UserOrderField, direction: OrderDirection): Order => ({
  ...ORDERS[field],
  name: field,
  direction: direction === 'ASC' ? 'asc' : 'desc',
  id: sql`users.id`,
})

/** The SQL by which administrators find the accounts of others and change them. */
export const userDirectoryStore = {
  /** Without a moment the account is open again. */
  async setDisabled(tx: Tx<Tables>, userId: UserId, disabledAt: Date | undefined): Promise<User> {
    const row = await tx
      .updateTable('users')
      .set({ disabled_at: disabledAt ?? null, version: sql`version + 1`, updated_at: sql`now()` })
      .where('id', '=', userId)
      .returning(USER_COLUMNS)
      .executeTakeFirstOrThrow()
    return toUser(row)
  },

  /** Whether the session is still open, and the account too: an access token does not tell for a moment. */
  async isSignedIn(tx: Tx<Tables>, userId: UserId, sessionId: string): Promise<boolean> {
    const row = await tx
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select('users.id')
      .where('sessions.id', '=', sessionId as SessionId)
      .where('sessions.user_id', '=', userId)
      .where('sessions.ended_at', 'is', null)
      .where('users.disabled_at', 'is', null)
      .executeTakeFirst()
    return row !== undefined
  },

  async listPage(
    database: Database<Tables>,
    page: Page,
    search: string | undefined,
  ): Promise<readonly { item: User; sortValue: SortValue }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('users')
      .select(USER_COLUMNS)
      .select(page.order.key.as('sort_value'))
      .where(where)
      .where(matches(search))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(({ sort_value, ...row }) => ({ item: toUser(row), sortValue: toSortValue(sort_value) }))
  },

  async count(database: Database<Tables>, search: string | undefined): Promise<number> {
    const { count } = await database
      .selectFrom('users')
      .select(sql<number>`count(*)::int`.as('count'))
      .where(matches(search))
      .executeTakeFirstOrThrow()
    return count
  },
}

export type UserDirectoryStore = typeof userDirectoryStore

const matches = (search: string | undefined) => {
  if (search === undefined) return sql<boolean>`true`
  const pattern = containing(search)
  return sql<boolean>`(users.display_name ilike ${pattern} or users.email ilike ${pattern})`
}
