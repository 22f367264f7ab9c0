import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parsePage } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { UserOrder } from '../generated/graphql.ts'
import { type List, parseSearch, type SearchArgs, toList } from '../lists.ts'
import type { User } from '../user.ts'
import { type UserDirectoryStore, userOrder } from '../user-directory-store.ts'

type Deps = { database: Database<Tables>; userDirectory: UserDirectoryStore; authorizer: Authorizer }

type Args = SearchArgs & { readonly orderBy?: UserOrder | null | undefined }

/** Accounts in an order and with a search text. The text may be a part of an e-mail, so whoever lists them may see those. */
export const listUsers =
  ({ database, userDirectory, authorizer }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, { orderBy, ...args }: Args): Promise<List<User>> => {
    authorizer.authorize(actor, 'security:user:view-private', { type: 'User' })
    const page = parsePage(args, userOrder(orderBy?.field ?? 'NAME', orderBy?.direction ?? 'ASC'))
    const search = parseSearch(args)
    const rows = await userDirectory.listPage(database, page, search)
    return toList(rows, page, { idOf: ({ id }) => id, count: () => userDirectory.count(database, search) })
  }
