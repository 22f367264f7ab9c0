import type { Database, Tx } from '@neotool/kit/postgres'
import { sql } from 'kysely'
import type { Tables } from './database.ts'
import type { GroupId, Rights } from './groups.ts'
import type { UserId } from './user.ts'

const NO_RIGHTS: Rights = { groupIds: [], permissions: [] }

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

  async rightsOf(database: Database<Tables>, userId: UserId): Promise<Rights> {
    const [rights] = await groupStore.loadRights(database, [userId])
    return rights ?? NO_RIGHTS
  },

  /** The rights of each user, in the order of the ids. */
  async loadRights(database: Database<Tables>, userIds: readonly UserId[]): Promise<readonly Rights[]> {
    const rows = await database
      .selectFrom('group_members as member')
      .leftJoin('group_roles as held', 'held.group_id', 'member.group_id')
      .leftJoin('role_permissions as granted', 'granted.role_id', 'held.role_id')
      .select('member.user_id')
      .select(sql<GroupId[]>`array_agg(distinct member.group_id)`.as('group_ids'))
      .select(
        sql<
          string[]
        >`coalesce(array_agg(distinct granted.permission) filter (where granted.permission is not null), '{}')`.as(
          'permissions',
        ),
      )
      .where('member.user_id', 'in', userIds)
      .groupBy('member.user_id')
      .execute()
    const found = new Map(
      rows.map((row) => [row.user_id, { groupIds: row.group_ids, permissions: row.permissions }] as const),
    )
    return userIds.map((userId) => found.get(userId) ?? NO_RIGHTS)
  },
}

export type GroupStore = typeof groupStore
