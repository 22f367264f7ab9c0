import { z } from 'zod'
import { type DataOf, defineEvent } from './event.ts'

const product = {
  productId: z.uuid(),
  name: z.string(),
  sku: z.string(),
  priceCents: z.int(),
  stock: z.int(),
  version: z.int().positive(),
  /** The user who did it: an id, never a name or an e-mail. */
  actorId: z.uuid(),
} as const

/** A product was added. */
export const productCreatedV1 = defineEvent('neotool.app.product-created.v1', 'product', z.object(product))

/** Some fields of a product changed; `changed` names them. */
export const productUpdatedV1 = defineEvent(
  'neotool.app.product-updated.v1',
  'product',
  z.object({ ...product, changed: z.array(z.enum(['name', 'sku', 'priceCents', 'stock'])) }),
)

/** A product was removed; the other fields are as they were at last. */
export const productDeletedV1 = defineEvent('neotool.app.product-deleted.v1', 'product', z.object(product))

export type ProductCreated = DataOf<typeof productCreatedV1>
export type ProductUpdated = DataOf<typeof productUpdatedV1>
export type ProductDeleted = DataOf<typeof productDeletedV1>
