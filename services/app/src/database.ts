import type { EventTables } from '@neotool/kit/events/event-tables'
import type { Generated, GeneratedAlways } from 'kysely'
import type { CustomerId, CustomerStatus } from './customer.ts'
import type { ActivityKind } from './generated/graphql.ts'
import type { ProductId } from './product.ts'

/** The tables of the app service, as its migrations make them. */
export type Tables = EventTables & {
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
  customers: {
    id: Generated<CustomerId>
    name: string
    email: string
    email_normalized: GeneratedAlways<string>
    status: CustomerStatus
    version: Generated<number>
    created_by: string
    created_at: Generated<Date>
    updated_at: Generated<Date>
  }
  activity: {
    event_id: string
    position: Generated<string>
    kind: ActivityKind
    product_id: ProductId
    product_name: string
    changed: string[]
    actor_id: string
    occurred_at: Date
  }
}
