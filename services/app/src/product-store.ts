import { containing, keyset, type Order, type Page, toSortValue } from '@neotool/kit/connection'
import { type Database, onConstraint, type Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import type { Tables } from './database.ts'
import type { OrderDirection, ProductOrderField } from './generated/graphql.ts'
import { type NewProduct, type Product, type ProductId, skuTaken } from './product.ts'

const id = sql`products.id`

const ORDERS = {
  NAME: { key: sql`lower(products.name)`, valueType: 'text' },
  SKU: { key: sql`products.sku`, valueType: 'text' },
  PRICE: { key: sql`products.price_cents`, valueType: 'integer' },
  STOCK: { key: sql`products.stock`, valueType: 'integer' },
  CREATED_AT: { key: sql`products.created_at`, valueType: 'timestamp' },
} as const satisfies Record<ProductOrderField, Pick<Order, 'key' | 'valueType'>>

/** The order that a list of products is asked for in. */
export const productOrder = (field: ProductOrderField, direction: OrderDirection): Order => ({
  ...ORDERS[field],
  name: field,
  direction: direction === 'ASC' ? 'asc' : 'desc',
  id,
})

/** All SQL of the product. */
export const productStore = {
  async insert(tx: Tx<Tables>, product: NewProduct, createdById: string): Promise<Product> {
    const row = await tx
      .insertInto('products')
      .values({ ...toColumns(product), created_by: createdById })
      .returningAll()
      .executeTakeFirstOrThrow()
      .catch(onConstraint({ products_sku_unique: () => skuTaken(product.sku) }))
    return toProduct(row)
  },

  /** Reads the product and keeps others from changing it until the transaction ends. */
  async lock(tx: Tx<Tables>, productId: ProductId): Promise<Product | undefined> {
    const row = await tx.selectFrom('products').selectAll().where('id', '=', productId).forUpdate().executeTakeFirst()
    return row && toProduct(row)
  },

  async save(tx: Tx<Tables>, product: Product): Promise<Product> {
    const row = await tx
      .updateTable('products')
      .set({ ...toColumns(product), version: sql`version + 1`, updated_at: sql`now()` })
      .where('id', '=', product.id)
      .returningAll()
      .executeTakeFirstOrThrow()
      .catch(onConstraint({ products_sku_unique: () => skuTaken(product.sku) }))
    return toProduct(row)
  },

  async delete(tx: Tx<Tables>, productId: ProductId): Promise<void> {
    await tx.deleteFrom('products').where('id', '=', productId).execute()
  },

  async loadMany(database: Database<Tables>, ids: readonly ProductId[]): Promise<readonly Product[]> {
    const rows = await database.selectFrom('products').selectAll().where('id', 'in', ids).execute()
    return rows.map(toProduct)
  },

  /** One page plus one row, in reading order; see kit's connection. */
  async listPage(
    database: Database<Tables>,
    page: Page,
    search: string | undefined,
  ): Promise<readonly { product: Product; sortValue: string | number }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('products')
      .selectAll()
      .select(page.order.key.as('sort_value'))
      .where(where)
      .where(matches(search))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(({ sort_value, ...row }) => ({ product: toProduct(row), sortValue: toSortValue(sort_value) }))
  },

  async count(database: Database<Tables>, search: string | undefined): Promise<number> {
    const { count } = await database
      .selectFrom('products')
      .select(sql<number>`count(*)::int`.as('count'))
      .where(matches(search))
      .executeTakeFirstOrThrow()
    return count
  },
}

export type ProductStore = typeof productStore

const toColumns = ({ name, sku, priceCents, stock }: NewProduct) => ({ name, sku, price_cents: priceCents, stock })

const toProduct = (row: Selectable<Tables['products']>): Product => ({
  id: row.id,
  name: row.name,
  sku: row.sku,
  priceCents: row.price_cents,
  stock: row.stock,
  version: row.version,
  createdById: row.created_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const matches = (search: string | undefined) => {
  if (search === undefined) return sql<boolean>`true`
  const pattern = containing(search)
  return sql<boolean>`(products.name ilike ${pattern} or products.sku ilike ${pattern})`
}
