import type { Database } from '@neotool/kit/postgres'
import DataLoader from 'dataloader'
import type { Tables } from './database.ts'
import type { Product, ProductId } from './product.ts'
import type { ProductStore } from './product-store.ts'

export type ProductLoader = DataLoader<ProductId, Product | undefined>

/** Reads the products that one request asks for in one query; make a new one for each request. */
export const productLoader = (database: Database<Tables>, products: ProductStore): ProductLoader =>
  new DataLoader(async (ids) => {
    const found = new Map((await products.loadMany(database, ids)).map((product) => [product.id, product]))
    return ids.map((id) => found.get(id))
  })
