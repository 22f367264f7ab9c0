import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parsePage } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { RoleOrder } from '../generated/graphql.ts'
import { type List, parseSearch, type SearchArgs, toList } from '../lists.ts'
import { type RoleStore, roleOrder } from '../role-store.ts'
import type { Role } from '../roles.ts'

type Deps = { database: Database<Tables>; roles: RoleStore; authorizer: Authorizer }

type Args = SearchArgs & { readonly orderBy?: RoleOrder | null | undefined }

/** Roles in an order and with a search text. */
export const listRoles =
  ({ database, roles, authorizer }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, { orderBy, ...args }: Args): Promise<List<Role>> => {
    authorizer.authorize(actor, 'security:role:view', { type: 'Role' })
    const page = parsePage(args, roleOrder(orderBy?.field ?? 'NAME', orderBy?.direction ?? 'ASC'))
    const search = parseSearch(args)
    const rows = await roles.listPage(database, page, search)
    return toList(rows, page, { idOf: ({ id }) => id, count: () => roles.count(database, search) })
  }
