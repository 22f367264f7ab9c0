import type { Database } from '@neotool/kit/postgres'
import DataLoader from 'dataloader'
import type { Tables } from './database.ts'
import type { GroupStore } from './group-store.ts'
import type { GroupId, Rights } from './groups.ts'
import type { RoleId } from './roles.ts'
import type { Stores } from './stores.ts'
import type { User, UserId } from './user.ts'
import type { UserStore } from './user-store.ts'

export type UserLoader = DataLoader<UserId, User | undefined>
export type RightsLoader = DataLoader<UserId, Rights>

/** Reads the users that one request asks for in one query; make a new one for each request. */
export const userLoader = (database: Database<Tables>, users: UserStore): UserLoader =>
  new DataLoader(async (ids) => {
    const found = new Map((await users.loadMany(database, ids)).map((user) => [user.id, user]))
    return ids.map((id) => found.get(id))
  })

/** Reads the rights of the users that one request asks for in one query; make a new one for each request. */
export const rightsLoader = (database: Database<Tables>, groups: GroupStore, now: () => Date): RightsLoader =>
  // Never cached: a mutation may change what was read before it in the same request.
  new DataLoader((ids) => groups.loadRights(database, ids, now()), { cache: false })

export type DirectoryLoaders = ReturnType<typeof directoryLoaders>

/** Reads what belongs to the users, groups and roles that one request asks for, each in one query. */
export const directoryLoaders = (
  database: Database<Tables>,
  { groups, roles, memberships }: Pick<Stores, 'groups' | 'roles' | 'memberships'>,
  now: () => Date,
) => ({
  membershipsOfUser: listLoader(
    (ids: readonly UserId[]) => memberships.loadByUsers(database, ids, now()),
    ({ userId }) => userId,
  ),
  rolesOfGroup: listLoader(
    (ids: readonly GroupId[]) => roles.loadByGroups(database, ids),
    ({ groupId }) => groupId,
  ),
  groupsOfRole: listLoader(
    (ids: readonly RoleId[]) => groups.loadByRoles(database, ids),
    ({ roleId }) => roleId,
  ),
  permissionsOfRole: listLoader(
    (ids: readonly RoleId[]) => roles.loadPermissions(database, ids),
    ({ roleId }) => roleId,
  ),
})

const listLoader = <Key, Row>(
  read: (keys: readonly Key[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => Key,
): DataLoader<Key, readonly Row[]> =>
  new DataLoader(
    async (keys) => {
      const found = Map.groupBy(await read(keys), keyOf)
      return keys.map((key) => found.get(key) ?? [])
    },
    { cache: false },
  )
