import type { Database, Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Asset, AssetId, FailedAsset, NewAsset, PendingAsset, ProductId, ReadyAsset } from './asset.ts'
import type { Tables } from './database.ts'

/** All SQL of the asset. */
export const assetStore = {
  async insert(tx: Tx<Tables>, asset: NewAsset, createdById: string): Promise<PendingAsset> {
    const row = await tx
      .insertInto('assets')
      .values({
        product_id: asset.productId,
        file_name: asset.fileName,
        content_type: asset.contentType,
        size_bytes: asset.sizeBytes,
        sha256: asset.sha256,
        created_by: createdById,
      })
      .returning(['id', 'created_at'])
      .executeTakeFirstOrThrow()
    return { ...asset, id: row.id, createdById, createdAt: row.created_at, status: 'PENDING' }
  },

  /** Reads the asset and keeps others from changing it until the transaction ends. */
  async lock(tx: Tx<Tables>, assetId: AssetId): Promise<Asset | undefined> {
    const row = await tx.selectFrom('assets').selectAll().where('id', '=', assetId).forUpdate().executeTakeFirst()
    return row && toAsset(row)
  },

  /** Keeps what became of an upload. */
  async saveSettled(tx: Tx<Tables>, asset: ReadyAsset | FailedAsset): Promise<void> {
    await tx
      .updateTable('assets')
      .set({
        status: asset.status,
        ready_at: asset.status === 'READY' ? asset.readyAt : null,
        failure: asset.status === 'FAILED' ? asset.failure : null,
      })
      .where('id', '=', asset.id)
      .execute()
  },

  async delete(tx: Tx<Tables>, assetId: AssetId): Promise<void> {
    await tx.deleteFrom('assets').where('id', '=', assetId).execute()
  },

  /** Removes all assets of a product and returns what they were. */
  async deleteOfProduct(tx: Tx<Tables>, productId: ProductId): Promise<readonly Asset[]> {
    const rows = await tx.deleteFrom('assets').where('product_id', '=', productId).returningAll().execute()
    return rows.map(toAsset)
  },

  /** Removes some of the uploads that were begun before `before` and never became ready; returns what they were. */
  async deleteUnfinished(tx: Tx<Tables>, before: Date, limit: number): Promise<readonly Asset[]> {
    const rows = await tx
      .deleteFrom('assets')
      .where('id', 'in', (some) =>
        some
          .selectFrom('assets')
          .select('id')
          .where('status', '<>', 'READY')
          .where('created_at', '<', before)
          .limit(limit)
          .forUpdate()
          .skipLocked(),
      )
      .returningAll()
      .execute()
    return rows.map(toAsset)
  },

  async loadMany(database: Database<Tables>, ids: readonly AssetId[]): Promise<readonly Asset[]> {
    const rows = await database.selectFrom('assets').selectAll().where('id', 'in', ids).execute()
    return rows.map(toAsset)
  },

  /** The first `limit` ready assets of each product, oldest first. */
  async loadReady(
    database: Database<Tables>,
    productIds: readonly ProductId[],
    limit: number,
  ): Promise<readonly Asset[]> {
    const ofProduct = sql<{ product: ProductId }>`unnest(${[...productIds]}::uuid[])`
    const rows = await database
      .selectFrom(ofProduct.as<'wanted'>(sql`wanted(product)`))
      .innerJoinLateral(
        (inner) =>
          inner
            .selectFrom('assets')
            .selectAll('assets')
            .whereRef('assets.product_id', '=', 'wanted.product')
            .where('assets.status', '=', 'READY')
            .orderBy('assets.id')
            .limit(limit)
            .as('found'),
        (join) => join.onTrue(),
      )
      .selectAll('found')
      .orderBy('found.id')
      .execute()
    return rows.map(toAsset)
  },
}

export type AssetStore = typeof assetStore

const toAsset = (row: Selectable<Tables['assets']>): Asset => {
  const described = {
    id: row.id,
    productId: row.product_id,
    fileName: row.file_name,
    contentType: row.content_type,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    createdById: row.created_by,
    createdAt: row.created_at,
  }
  if (row.ready_at !== null) return { ...described, status: 'READY', readyAt: row.ready_at }
  if (row.failure !== null) return { ...described, status: 'FAILED', failure: row.failure }
  return { ...described, status: 'PENDING' }
}
