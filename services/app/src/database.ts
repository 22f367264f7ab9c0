import type { Generated } from 'kysely'
import type { ProductId } from './product.ts'

/** The tables of the app service, as its migrations make them. */
export type Tables = {
  products: {
    id: Generated<ProductId>
    name: string
    sku: string
    price_cents: number
    stock: number
    version: Generated<number>
    created_by: string
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
}
