import { containing, keyset, type Order, type Page, type SortValue, toSortValue } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { sql } from 'kysely'
import type { Tables } from './database.ts'
import type { OrderDirection } from './generated/graphql.ts'
import type { Permission } from './roles.ts'

// A permission is its name, so nothing has to break a tie; a cursor wants an id all the same.
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** The order that a list of permissions is asked for in. */
export const permissionOrder = (direction: OrderDirection): Order => ({
  key: sql`permissions.name`,
  valueType: 'text',
  name: 'NAME',
  direction: direction === 'ASC' ? 'asc' : 'desc',
  id: sql`${sql.lit(NO_ID)}::uuid`,
})

/** All SQL of permissions. Migrations alone add to them. */
export const permissionStore = {
  async exists(tx: Tx<Tables>, name: string): Promise<boolean> {
    return (await tx.selectFrom('permissions').select('name').where('name', '=', name).executeTakeFirst()) !== undefined
  },

  async listPage(
    database: Database<Tables>,
    page: Page,
    search: string | undefined,
  ): Promise<readonly { item: Permission & { id: string }; sortValue: SortValue }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('permissions')
      .select(['name', 'description'])
      .where(where)
      .where(matches(search))
      .orderBy(orderBy[0])
      .limit(limit)
      .execute()
    return rows.map((row) => ({ item: { ...row, id: NO_ID }, sortValue: toSortValue(row.name) }))
  },

  async count(database: Database<Tables>, search: string | undefined): Promise<number> {
    const { count } = await database
      .selectFrom('permissions')
      .select(sql<number>`count(*)::int`.as('count'))
      .where(matches(search))
      .executeTakeFirstOrThrow()
    return count
  },
}

export type PermissionStore = typeof permissionStore

const matches = (search: string | undefined) => {
  if (search === undefined) return sql<boolean>`true`
  const pattern = containing(search)
  return sql<boolean>`(permissions.name ilike ${pattern} or permissions.description ilike ${pattern})`
}
