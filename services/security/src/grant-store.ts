import type { Database } from '@neotool/kit/postgres'
import { sql } from 'kysely'
import type { Tables } from './database.ts'
import type { UserId } from './user.ts'

/** A role that gives a permission, and a group that has the role; a role that no group has stands alone. */
export type Grant = {
  readonly roleId: string
  readonly roleName: string
  readonly groupId: string | null
  readonly groupName: string | null
}

/** All SQL that asks from the permission's side: who holds it, and what would give it. */
export const grantStore = {
  async permissions(database: Database<Tables>): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string }>`select name from permissions order by name`.execute(database)
    return rows.map(({ name }) => name)
  },

  async grantsOf(database: Database<Tables>, permission: string): Promise<readonly Grant[]> {
    const { rows } = await sql<Grant>`
      select roles.id as "roleId", roles.name as "roleName", groups.id as "groupId", groups.name as "groupName"
      from role_permissions granted
      join roles on roles.id = granted.role_id
      left join group_roles held on held.role_id = roles.id
      left join groups on groups.id = held.group_id
      where granted.permission = ${permission}
      order by roles.name, groups.name`.execute(database)
    return rows
  },

  /** Users who can sign in and hold the permission. */
  async holders(database: Database<Tables>, permission: string, at: Date): Promise<readonly UserId[]> {
    const rows = await database
      .selectFrom('group_members as member')
      .innerJoin('users', 'users.id', 'member.user_id')
      .innerJoin('group_roles as held', 'held.group_id', 'member.group_id')
      .innerJoin('role_permissions as granted', 'granted.role_id', 'held.role_id')
      .select('users.id')
      .distinct()
      .where('granted.permission', '=', permission)
      .where('users.disabled_at', 'is', null)
      .where((where) => where.or([where('member.ends_at', 'is', null), where('member.ends_at', '>', at)]))
      .execute()
    return rows.map(({ id }) => id)
  },
}

export type GrantStore = typeof grantStore
