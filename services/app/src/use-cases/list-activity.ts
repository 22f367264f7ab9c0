import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Activity } from '../activity.ts'
import { type ActivityStore, activityOrder } from '../activity-store.ts'
import type { Tables } from '../database.ts'
import { productId } from '../product.ts'

type Deps = { database: Database<Tables>; activity: ActivityStore; authorizer: Authorizer }

type Args = PageArgs & { readonly productId?: string | null | undefined }

const filter = z.object({ productId: productId.optional() })

/** Who changed what, newest first; whoever may see products may see it. */
export const listActivity =
  ({ database, activity, authorizer }: Deps) =>
  async ({ actor }: Caller, args: Args): Promise<Connection<Activity>> => {
    authorizer.authorize(actor, 'app:product:view', { type: 'Product' })
    const page = parsePage(args, activityOrder)
    const { productId } = parseInput(filter, { productId: args.productId ?? undefined })
    const rows = await activity.listPage(database, page, productId)
    const { edges, pageInfo } = toConnection(rows, page, (row) => ({ id: row.activity.id, value: row.position }))
    return { edges: edges.map(({ cursor, node }) => ({ cursor, node: node.activity })), pageInfo }
  }
