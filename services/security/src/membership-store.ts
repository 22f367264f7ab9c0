import { containing, keyset, type Order, type Page, type SortValue, toSortValue } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import { type Group, type GroupId, isInForce, type MembershipTimes } from './groups.ts'
import type { User, UserId } from './user.ts'
import { toUser, USER_COLUMNS } from './user-store.ts'

/** The members of a group in the order of their names. */
export const MEMBER_ORDER: Order = {
  name: 'NAME',
  direction: 'asc',
  key: sql`lower(users.display_name)`,
  valueType: 'text',
  id: sql`users.id`,
}

/** Who is listed: those who are in the group at that moment, and whose name or e-mail holds the text. */
type Which = { readonly groupId: GroupId; readonly at: Date; readonly search: string | undefined }

/** All SQL of who is in which group, and until when. */
export const membershipStore = {
  async find(tx: Tx<Tables>, groupId: GroupId, userId: UserId): Promise<MembershipTimes | undefined> {
    const row = await tx
      .selectFrom('group_members')
      .select(['joined_at', 'ends_at'])
      .where('group_id', '=', groupId)
      .where('user_id', '=', userId)
      .executeTakeFirst()
    return row && toTimes(row)
  },

  /** Adds the membership, or replaces the one that there is. */
  async put(tx: Tx<Tables>, groupId: GroupId, userId: UserId, { joinedAt, endsAt }: MembershipTimes): Promise<void> {
    const times = { joined_at: joinedAt, ends_at: endsAt ?? null }
    await tx
      .insertInto('group_members')
      .values({ group_id: groupId, user_id: userId, ...times })
      .onConflict((conflict) => conflict.columns(['group_id', 'user_id']).doUpdateSet(times))
      .execute()
  },

  async remove(tx: Tx<Tables>, groupId: GroupId, userId: UserId): Promise<void> {
    await tx.deleteFrom('group_members').where('group_id', '=', groupId).where('user_id', '=', userId).execute()
  },

  /** The memberships in force of each of the users, in the order of the groups' names. */
  async loadByUsers(
    database: Database<Tables>,
    userIds: readonly UserId[],
    at: Date,
  ): Promise<readonly (MembershipTimes & { readonly userId: UserId; readonly group: Group })[]> {
    const rows = await database
      .selectFrom('group_members')
      .innerJoin('groups', 'groups.id', 'group_members.group_id')
      .select(['groups.id', 'groups.name', 'groups.description', 'groups.version', 'groups.created_at'])
      .select(['group_members.user_id', 'group_members.joined_at', 'group_members.ends_at'])
      .where('group_members.user_id', 'in', userIds)
      .where(inForceAt(at))
      .orderBy(sql`lower(groups.name)`)
      .execute()
    return rows.map(({ user_id: userId, joined_at, ends_at, created_at: createdAt, ...group }) => ({
      userId,
      group: { ...group, createdAt },
      ...toTimes({ joined_at, ends_at }),
    }))
  },

  /** One page plus one row, in reading order; see kit's connection. */
  async listPage(
    database: Database<Tables>,
    page: Page,
    which: Which,
  ): Promise<readonly { item: MembershipTimes & { readonly user: User }; sortValue: SortValue }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await members(database, which)
      .select(USER_COLUMNS.map((column) => `users.${column}` as const))
      .select(['group_members.joined_at', 'group_members.ends_at'])
      .select(page.order.key.as('sort_value'))
      .where(where)
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(({ sort_value, joined_at, ends_at, ...row }) => ({
      item: { user: toUser(row), ...toTimes({ joined_at, ends_at }) },
      sortValue: toSortValue(sort_value),
    }))
  },

  async count(database: Database<Tables>, which: Which): Promise<number> {
    const { count } = await members(database, which)
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow()
    return count
  },
}

export type MembershipStore = typeof membershipStore

const members = (database: Database<Tables>, { groupId, at, search }: Which) => {
  const all = database
    .selectFrom('group_members')
    .innerJoin('users', 'users.id', 'group_members.user_id')
    .where('group_members.group_id', '=', groupId)
    .where(inForceAt(at))
  if (search === undefined) return all
  const pattern = containing(search)
  return all.where(sql<boolean>`(users.display_name ilike ${pattern} or users.email ilike ${pattern})`)
}

const inForceAt = (at: Date) => isInForce('group_members', at)

const toTimes = (row: Pick<Selectable<Tables['group_members']>, 'joined_at' | 'ends_at'>): MembershipTimes => ({
  joinedAt: row.joined_at,
  endsAt: row.ends_at ?? undefined,
})
