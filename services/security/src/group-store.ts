import { containing, keyset, type Order, type Page, type SortValue, toSortValue } from '@neotool/kit/connection'
import { type Database, onConstraint, type Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import type { GroupOrderField, OrderDirection } from './generated/graphql.ts'
import { type Group, type GroupId, groupNameTaken, isInForce, type Rights } from './groups.ts'
import type { NewNamed } from './named.ts'
import type { RoleId } from './roles.ts'
import type { UserId } from './user.ts'

const NO_RIGHTS: Rights = { groupIds: [], permissions: [], isEmailVerified: false, endsAt: undefined, version: 0 }

const ORDERS = {
  NAME: { key: sql`lower(groups.name)`, valueType: 'text' },
  CREATED_AT: { key: sql`groups.created_at`, valueType: 'timestamp' },
} as const satisfies Record<GroupOrderField, Pick<Order, 'key' | 'valueType'>>

/** The order that a list of groups is asked for in. */
export const groupOrder = (field: GroupOrderField, direction: OrderDirection): Order => ({
  ...ORDERS[field],
  name: field,
  direction: direction === 'ASC' ? 'asc' : 'desc',
  id: sql`groups.id`,
})

/** All SQL of groups and of the rights that they give. */
export const groupStore = {
  async addMember(tx: Tx<Tables>, groupId: GroupId, userId: UserId): Promise<void> {
    await tx.insertInto('group_members').values({ group_id: groupId, user_id: userId }).execute()
  },

  /** Keeps others that lock the group waiting until the transaction ends. */
  async lock(tx: Tx<Tables>, groupId: GroupId): Promise<void> {
    await tx.selectFrom('groups').select('id').where('id', '=', groupId).forUpdate().executeTakeFirstOrThrow()
  },

  /** The member who joined first, or undefined where the group is empty. */
  async findFirstMember(database: Database<Tables>, groupId: GroupId): Promise<UserId | undefined> {
    const row = await database
      .selectFrom('group_members')
      .select('user_id')
      .where('group_id', '=', groupId)
      .orderBy('joined_at')
      .orderBy('user_id')
      .limit(1)
      .executeTakeFirst()
    return row?.user_id
  },

  /** Who is in the group for good and may sign in; the rights must be locked. */
  async listLastingMembers(tx: Tx<Tables>, groupId: GroupId): Promise<readonly UserId[]> {
    const rows = await tx
      .selectFrom('group_members')
      .innerJoin('users', 'users.id', 'group_members.user_id')
      .select('users.id')
      .where('group_members.group_id', '=', groupId)
      .where('group_members.ends_at', 'is', null)
      .where('users.disabled_at', 'is', null)
      .execute()
    return rows.map(({ id }) => id)
  },

  /** What the user may do at this moment. */
  async rightsOf(database: Database<Tables>, userId: UserId, at: Date): Promise<Rights> {
    const [rights] = await groupStore.loadRights(database, [userId], at)
    return rights ?? NO_RIGHTS
  },

  /** The rights of each user, in the order of the ids; one statement, so that they and their version are of one moment. */
  async loadRights(database: Database<Tables>, userIds: readonly UserId[], at: Date): Promise<readonly Rights[]> {
    const rows = await database
      .selectFrom('users')
      .leftJoin('group_members as member', (join) =>
        join.onRef('member.user_id', '=', 'users.id').on(isInForce('member', at)),
      )
      .leftJoin('group_roles as held', 'held.group_id', 'member.group_id')
      .leftJoin('role_permissions as granted', 'granted.role_id', 'held.role_id')
      .select(['users.id', 'users.email_verified_at'])
      .select(distinct<GroupId>('member.group_id').as('group_ids'))
      .select(distinct<string>('granted.permission').as('permissions'))
      .select((query) => query.fn.min('member.ends_at').as('ends_at'))
      .select((query) => query.selectFrom('rights_version').select('version').as('version'))
      .where('users.id', 'in', userIds)
      .groupBy('users.id')
      .execute()
    const found = new Map(rows.map((row) => [row.id, row]))
    return userIds.map((userId) => {
      const row = found.get(userId)
      if (row === undefined) return NO_RIGHTS
      const { group_ids: groupIds, permissions, email_verified_at: verifiedAt, ends_at: endsAt, version } = row
      const isEmailVerified = verifiedAt !== null
      return { groupIds, permissions, isEmailVerified, endsAt: endsAt ?? undefined, version: version ?? 0 }
    })
  },

  /**
   * Lets one change of who may do what happen at a time, so that what it was allowed by still holds when it commits: take it
   * before anything is read that allows the change.
   */
  async lockRights(tx: Tx<Tables>): Promise<void> {
    await tx.selectFrom('rights_version').select('version').forUpdate().executeTakeFirstOrThrow()
  },

  /** What the user may do at this moment and goes on to until then; without an end, for good. */
  async permissionsUntil(tx: Tx<Tables>, userId: UserId, at: Date, until: Date | undefined): Promise<string[]> {
    const lasts =
      until === undefined
        ? sql<boolean>`member.ends_at is null`
        : sql<boolean>`(member.ends_at is null or member.ends_at >= ${until})`
    const rows = await tx
      .selectFrom('group_members as member')
      .innerJoin('group_roles as held', 'held.group_id', 'member.group_id')
      .innerJoin('role_permissions as granted', 'granted.role_id', 'held.role_id')
      .select('granted.permission')
      .distinct()
      .where('member.user_id', '=', userId)
      .where(isInForce('member', at))
      .where(lasts)
      .execute()
    return rows.map(({ permission }) => permission)
  },

  /** What the group gives to its members. */
  async permissionsOf(tx: Tx<Tables>, groupId: GroupId): Promise<string[]> {
    const rows = await tx
      .selectFrom('group_roles as held')
      .innerJoin('role_permissions as granted', 'granted.role_id', 'held.role_id')
      .select('granted.permission')
      .distinct()
      .where('held.group_id', '=', groupId)
      .execute()
    return rows.map(({ permission }) => permission)
  },

  async insert(tx: Tx<Tables>, group: NewNamed): Promise<Group> {
    const row = await tx
      .insertInto('groups')
      .values(group)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow()
      .catch(onNameTaken(group.name))
    return toGroup(row)
  },

  /** Reads the group and keeps others from changing it until the transaction ends. */
  async lockOne(tx: Tx<Tables>, groupId: GroupId): Promise<Group | undefined> {
    const row = await tx.selectFrom('groups').select(COLUMNS).where('id', '=', groupId).forUpdate().executeTakeFirst()
    return row && toGroup(row)
  },

  async save(tx: Tx<Tables>, { id, name, description }: Group): Promise<Group> {
    const row = await tx
      .updateTable('groups')
      .set({ name, description, version: sql`version + 1` })
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow()
      .catch(onNameTaken(name))
    return toGroup(row)
  },

  async delete(tx: Tx<Tables>, groupId: GroupId): Promise<void> {
    await tx.deleteFrom('groups').where('id', '=', groupId).execute()
  },

  async loadMany(database: Database<Tables>, ids: readonly GroupId[]): Promise<readonly Group[]> {
    const rows = await database.selectFrom('groups').select(COLUMNS).where('id', 'in', ids).execute()
    return rows.map(toGroup)
  },

  /** The groups that have each of the roles, in the order of their names. */
  async loadByRoles(
    database: Database<Tables>,
    roleIds: readonly RoleId[],
  ): Promise<readonly (Group & { readonly roleId: RoleId })[]> {
    const rows = await database
      .selectFrom('group_roles')
      .innerJoin('groups', 'groups.id', 'group_roles.group_id')
      .select(COLUMNS.map((column) => `groups.${column}` as const))
      .select('group_roles.role_id')
      .where('group_roles.role_id', 'in', roleIds)
      .orderBy(sql`lower(groups.name)`)
      .execute()
    return rows.map(({ role_id: roleId, ...row }) => ({ ...toGroup(row), roleId }))
  },

  async listPage(
    database: Database<Tables>,
    page: Page,
    search: string | undefined,
  ): Promise<readonly { item: Group; sortValue: SortValue }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('groups')
      .select(COLUMNS)
      .select(page.order.key.as('sort_value'))
      .where(where)
      .where(matches(search))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(({ sort_value, ...row }) => ({ item: toGroup(row), sortValue: toSortValue(sort_value) }))
  },

  async count(database: Database<Tables>, search: string | undefined): Promise<number> {
    const { count } = await database
      .selectFrom('groups')
      .select(sql<number>`count(*)::int`.as('count'))
      .where(matches(search))
      .executeTakeFirstOrThrow()
    return count
  },

  /** Counts a change that takes rights away; until its transaction ends, the next such change waits. */
  async raiseRightsVersion(tx: Tx<Tables>): Promise<number> {
    const { version } = await tx
      .updateTable('rights_version')
      .set((row) => ({ version: row('version', '+', 1) }))
      .returning('version')
      .executeTakeFirstOrThrow()
    return version
  },
}

const distinct = <Value>(column: string) =>
  sql<Value[]>`coalesce(array_agg(distinct ${sql.ref(column)}) filter (where ${sql.ref(column)} is not null), '{}')`

export type GroupStore = typeof groupStore

const COLUMNS = ['id', 'name', 'description', 'version', 'created_at'] as const

const toGroup = ({
  created_at: createdAt,
  ...row
}: Pick<Selectable<Tables['groups']>, (typeof COLUMNS)[number]>): Group => ({
  ...row,
  createdAt,
})

const onNameTaken = (name: string) => {
  const taken = () => groupNameTaken(name)
  return onConstraint({ groups_name_unique: taken, groups_name_alike: taken })
}

const matches = (search: string | undefined) => {
  if (search === undefined) return sql<boolean>`true`
  const pattern = containing(search)
  return sql<boolean>`(groups.name ilike ${pattern} or groups.description ilike ${pattern})`
}
