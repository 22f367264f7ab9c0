import { containing, keyset, type Order, type Page, type SortValue, toSortValue } from '@neotool/kit/connection'
import { type Database, onConstraint, type Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import type { OrderDirection, RoleOrderField } from './generated/graphql.ts'
import type { GroupId } from './groups.ts'
import type { NewNamed } from './named.ts'
import { type Permission, type Role, type RoleId, roleNameTaken } from './roles.ts'

const ORDERS = {
  NAME: { key: sql`lower(roles.name)`, valueType: 'text' },
  CREATED_AT: { key: sql`roles.created_at`, valueType: 'timestamp' },
} as const satisfies Record<RoleOrderField, Pick<Order, 'key' | 'valueType'>>

/** The order that a list of roles is asked for in. */
export const roleOrder = (field: RoleOrderField, direction: OrderDirection): Order => ({
  ...ORDERS[field],
  name: field,
  direction: direction === 'ASC' ? 'asc' : 'desc',
  id: sql`roles.id`,
})

/** All SQL of roles, of what they permit and of the groups that have them. */
export const roleStore = {
  async insert(tx: Tx<Tables>, role: NewNamed): Promise<Role> {
    const row = await tx
      .insertInto('roles')
      .values(role)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow()
      .catch(onNameTaken(role.name))
    return toRole(row)
  },

  /** Reads the role and keeps others from changing it until the transaction ends. */
  async lockOne(tx: Tx<Tables>, roleId: RoleId): Promise<Role | undefined> {
    const row = await tx.selectFrom('roles').select(COLUMNS).where('id', '=', roleId).forUpdate().executeTakeFirst()
    return row && toRole(row)
  },

  async save(tx: Tx<Tables>, { id, name, description }: Role): Promise<Role> {
    const row = await tx
      .updateTable('roles')
      .set({ name, description, version: sql`version + 1` })
      .where('id', '=', id)
      .returning(COLUMNS)
      .executeTakeFirstOrThrow()
      .catch(onNameTaken(name))
    return toRole(row)
  },

  async delete(tx: Tx<Tables>, roleId: RoleId): Promise<void> {
    await tx.deleteFrom('roles').where('id', '=', roleId).execute()
  },

  async loadMany(database: Database<Tables>, ids: readonly RoleId[]): Promise<readonly Role[]> {
    const rows = await database.selectFrom('roles').select(COLUMNS).where('id', 'in', ids).execute()
    return rows.map(toRole)
  },

  /** The roles of each of the groups, in the order of their names. */
  async loadByGroups(
    database: Database<Tables>,
    groupIds: readonly GroupId[],
  ): Promise<readonly (Role & { readonly groupId: GroupId })[]> {
    const rows = await database
      .selectFrom('group_roles')
      .innerJoin('roles', 'roles.id', 'group_roles.role_id')
      .select(COLUMNS.map((column) => `roles.${column}` as const))
      .select('group_roles.group_id')
      .where('group_roles.group_id', 'in', groupIds)
      .orderBy(sql`lower(roles.name)`)
      .execute()
    return rows.map(({ group_id: groupId, ...row }) => ({ ...toRole(row), groupId }))
  },

  /** What each of the roles permits, in the order of the names. */
  async loadPermissions(
    database: Database<Tables>,
    roleIds: readonly RoleId[],
  ): Promise<readonly (Permission & { readonly roleId: RoleId })[]> {
    const rows = await database
      .selectFrom('role_permissions')
      .innerJoin('permissions', 'permissions.name', 'role_permissions.permission')
      .select(['permissions.name', 'permissions.description', 'role_permissions.role_id'])
      .where('role_permissions.role_id', 'in', roleIds)
      .orderBy('permissions.name')
      .execute()
    return rows.map(({ role_id: roleId, ...permission }) => ({ ...permission, roleId }))
  },

  async groupIdsOf(tx: Tx<Tables>, roleId: RoleId): Promise<GroupId[]> {
    const rows = await tx.selectFrom('group_roles').select('group_id').where('role_id', '=', roleId).execute()
    return rows.map(({ group_id: groupId }) => groupId)
  },

  async permissionsOf(tx: Tx<Tables>, roleId: RoleId): Promise<string[]> {
    const rows = await tx.selectFrom('role_permissions').select('permission').where('role_id', '=', roleId).execute()
    return rows.map(({ permission }) => permission)
  },

  async addPermission(tx: Tx<Tables>, roleId: RoleId, permission: string): Promise<void> {
    await tx
      .insertInto('role_permissions')
      .values({ role_id: roleId, permission })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },

  /** Whether the role had it. */
  async removePermission(tx: Tx<Tables>, roleId: RoleId, permission: string): Promise<boolean> {
    const { numDeletedRows } = await tx
      .deleteFrom('role_permissions')
      .where('role_id', '=', roleId)
      .where('permission', '=', permission)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  async addToGroup(tx: Tx<Tables>, roleId: RoleId, groupId: GroupId): Promise<void> {
    await tx
      .insertInto('group_roles')
      .values({ group_id: groupId, role_id: roleId })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  },

  /** Whether the group had it. */
  async removeFromGroup(tx: Tx<Tables>, roleId: RoleId, groupId: GroupId): Promise<boolean> {
    const { numDeletedRows } = await tx
      .deleteFrom('group_roles')
      .where('group_id', '=', groupId)
      .where('role_id', '=', roleId)
      .executeTakeFirst()
    return numDeletedRows > 0n
  },

  async listPage(
    database: Database<Tables>,
    page: Page,
    search: string | undefined,
  ): Promise<readonly { item: Role; sortValue: SortValue }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('roles')
      .select(COLUMNS)
      .select(page.order.key.as('sort_value'))
      .where(where)
      .where(matches(search))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(({ sort_value, ...row }) => ({ item: toRole(row), sortValue: toSortValue(sort_value) }))
  },

  async count(database: Database<Tables>, search: string | undefined): Promise<number> {
    const { count } = await database
      .selectFrom('roles')
      .select(sql<number>`count(*)::int`.as('count'))
      .where(matches(search))
      .executeTakeFirstOrThrow()
    return count
  },
}

export type RoleStore = typeof roleStore

const COLUMNS = ['id', 'name', 'description', 'version', 'created_at'] as const

const toRole = ({
  created_at: createdAt,
  ...row
}: Pick<Selectable<Tables['roles']>, (typeof COLUMNS)[number]>): Role => ({
  ...row,
  createdAt,
})

const onNameTaken = (name: string) => {
  const taken = () => roleNameTaken(name)
  return onConstraint({ roles_name_unique: taken, roles_name_alike: taken })
}

const matches = (search: string | undefined) => {
  if (search === undefined) return sql<boolean>`true`
  const pattern = containing(search)
  return sql<boolean>`(roles.name ilike ${pattern} or roles.description ilike ${pattern})`
}
