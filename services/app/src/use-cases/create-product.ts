import { productCreatedV1 } from '@neotool/contracts/events/app-product'
import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { CreateProductInput } from '../generated/graphql.ts'
import { newProduct, type Product, toEventData } from '../product.ts'
import type { ProductStore } from '../product-store.ts'

type Deps = { database: Database<Tables>; products: ProductStore; authorizer: Authorizer; audit: Audit }

/** Adds a product in the actor's name; throws CONFLICT where the SKU is in use. */
export const createProduct =
  ({ database, products, authorizer, audit }: Deps) =>
  async ({ actor, trace }: Caller, input: CreateProductInput): Promise<Product> => {
    const decision = authorizer.authorize(actor, 'app:product:save', { type: 'Product' })
    const given = parseInput(newProduct, input)
    return inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, decision, trace)
      const product = await products.insert(tx, given, decision.principal.id)
      await addEvent(tx, productCreatedV1, {
        subject: product.id,
        data: toEventData(product, decision.principal.id),
        trace,
      })
      return product
    })
  }
