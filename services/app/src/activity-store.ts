import { keyset, type Order, type Page } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { sql } from 'kysely'
import type { Activity } from './activity.ts'
import type { Tables } from './database.ts'
import type { ProductId } from './product.ts'

/** Newest first. */
export const activityOrder: Order = {
  name: 'NEWEST',
  direction: 'desc',
  key: sql`activity.position`,
  id: sql`activity.event_id`,
  valueType: 'integer',
}

/** All SQL of the activity feed. */
export const activityStore = {
  async insert(tx: Tx<Tables>, activity: Activity): Promise<void> {
    await tx
      .insertInto('activity')
      .values({
        event_id: activity.id,
        kind: activity.kind,
        product_id: activity.productId,
        product_name: activity.productName,
        changed: [...activity.changed],
        actor_id: activity.actorId,
        occurred_at: activity.occurredAt,
      })
      .execute()
  },

  /** One page plus one row, in reading order; see kit's connection. */
  async listPage(
    database: Database<Tables>,
    page: Page,
    productId: ProductId | undefined,
  ): Promise<readonly { activity: Activity; position: number }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('activity')
      .selectAll()
      .where(where)
      .$if(productId !== undefined, (query) => query.where('product_id', '=', productId as ProductId))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map((row) => ({
      position: Number(row.position),
      activity: {
        id: row.event_id,
        kind: row.kind,
        productId: row.product_id,
        productName: row.product_name,
        changed: row.changed,
        actorId: row.actor_id,
        occurredAt: row.occurred_at,
      },
    }))
  },
}

export type ActivityStore = typeof activityStore
