import type { Database, Tx } from '@neotool/kit/postgres'
import { sql } from 'kysely'
import type { Tables } from './database.ts'
import type { GroupId, Rights } from './groups.ts'
import type { UserId } from './user.ts'

const NO_RIGHTS: Rights = { groupIds: [], permissions: [], isEmailVerified: false, endsAt: undefined, version: 0 }

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

  /** Who is in the group for good and may sign in; the group must be locked. */
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
      .leftJoin('group_members as member', (join) => join.onRef('member.user_id', '=', 'users.id').on(isInForce(at)))
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

const isInForce = (at: Date) => sql<boolean>`(member.ends_at is null or member.ends_at > ${at})`

const distinct = <Value>(column: string) =>
  sql<Value[]>`coalesce(array_agg(distinct ${sql.ref(column)}) filter (where ${sql.ref(column)} is not null), '{}')`

export type GroupStore = typeof groupStore
