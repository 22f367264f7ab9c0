import type { Database } from '@neotool/kit/postgres'
import DataLoader from 'dataloader'
import type { Tables } from './database.ts'
import type { GroupStore } from './group-store.ts'
import type { Rights } from './groups.ts'
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
  new DataLoader((ids) => groups.loadRights(database, ids, now()))
