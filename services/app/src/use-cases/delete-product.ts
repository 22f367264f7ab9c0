import { productDeletedV1 } from '@neotool/contracts/events/app-product'
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { DeleteProductInput } from '../generated/graphql.ts'
import { type ProductId, productId, productNotFound, requireVersion, toEventData } from '../product.ts'
import type { ProductStore } from '../product-store.ts'

type Deps = { database: Database<Tables>; products: ProductStore; authorizer: Authorizer; audit: Audit }

const target = z.object({ id: productId, version: z.int() })

/** Removes a product for good; throws CONFLICT with the present state where `version` is not the present one. */
export const deleteProduct =
  ({ database, products, authorizer, audit }: Deps) =>
  async ({ actor, trace }: Caller, input: DeleteProductInput): Promise<ProductId> => {
    const { id, version } = parseInput(target, input)
    const decision = authorizer.authorize(actor, 'app:product:delete', { type: 'Product', id })
    return inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      const product = await products.lock(tx, id)
      if (product === undefined) throw productNotFound(id)
      requireVersion(product, version)
      await products.delete(tx, id)
      await addEvent(tx, productDeletedV1, { subject: id, data: toEventData(product, decision.principal.id), trace })
      return id
    })
  }
