import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parsePage } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { GroupOrder } from '../generated/graphql.ts'
import { type GroupStore, groupOrder } from '../group-store.ts'
import type { Group } from '../groups.ts'
import { type List, parseSearch, type SearchArgs, toList } from '../lists.ts'

type Deps = { database: Database<Tables>; groups: GroupStore; authorizer: Authorizer }

type Args = SearchArgs & { readonly orderBy?: GroupOrder | null | undefined }

/** Groups in an order and with a search text. */
export const listGroups =
  ({ database, groups, authorizer }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, { orderBy, ...args }: Args): Promise<List<Group>> => {
    authorizer.authorize(actor, 'security:group:view', { type: 'Group' })
    const page = parsePage(args, groupOrder(orderBy?.field ?? 'NAME', orderBy?.direction ?? 'ASC'))
    const search = parseSearch(args)
    const rows = await groups.listPage(database, page, search)
    return toList(rows, page, { idOf: ({ id }) => id, count: () => groups.count(database, search) })
  }
