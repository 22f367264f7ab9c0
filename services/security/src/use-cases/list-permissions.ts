import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parsePage } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { PermissionOrder } from '../generated/graphql.ts'
import { type List, parseSearch, type SearchArgs, toList } from '../lists.ts'
import { type PermissionStore, permissionOrder } from '../permission-store.ts'
import type { Permission } from '../roles.ts'

type Deps = { database: Database<Tables>; permissions: PermissionStore; authorizer: Authorizer }

type Args = SearchArgs & { readonly orderBy?: PermissionOrder | null | undefined }

/** All that can be permitted, by name and with a search text. */
export const listPermissions =
  ({ database, permissions, authorizer }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, { orderBy, ...args }: Args): Promise<List<Permission>> => {
    authorizer.authorize(actor, 'security:role:view', { type: 'Role' })
    const page = parsePage(args, permissionOrder(orderBy?.direction ?? 'ASC'))
    const search = parseSearch(args)
    const rows = await permissions.listPage(database, page, search)
    return toList(rows, page, { idOf: ({ id }) => id, count: () => permissions.count(database, search) })
  }
