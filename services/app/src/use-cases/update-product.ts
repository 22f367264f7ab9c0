import { productUpdatedV1 } from '@neotool/contracts/events/app-product'
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { UpdateProductInput } from '../generated/graphql.ts'
import {
  changedFields,
  type Product,
  productChange,
  productId,
  productNotFound,
  requireVersion,
  toEventData,
} from '../product.ts'
import type { ProductStore } from '../product-store.ts'

type Deps = { database: Database<Tables>; products: ProductStore; authorizer: Authorizer; audit: Audit }

const target = z.object({ id: productId, version: z.int() })

/** Changes the given fields of a product; throws CONFLICT with the present state where `version` is not the present one. */
export const updateProduct =
  ({ database, products, authorizer, audit }: Deps) =>
  async ({ actor, trace }: Caller, input: UpdateProductInput): Promise<Product> => {
    const { id, version } = parseInput(target, input)
    const decision = authorizer.authorize(actor, 'app:product:save', { type: 'Product', id })
    const change = parseInput(productChange, input)
    return inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      const product = await products.lock(tx, id)
      if (product === undefined) throw productNotFound(id)
      const saved = await products.save(tx, { ...requireVersion(product, version), ...change })
      const data = { ...toEventData(saved, decision.principal.id), changed: changedFields(product, saved) }
      await addEvent(tx, productUpdatedV1, { subject: id, data, trace })
      return saved
    })
  }
