import { productCreatedV1 } from '@neotool/contracts/events/app-product'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { CreateProductInput } from '../generated/graphql.ts'
import { newProduct, type Product, toEventData } from '../product.ts'
import type { ProductStore } from '../product-store.ts'

type Deps = { database: Database<Tables>; products: ProductStore; authorizer: Authorizer }

/** Adds a product in the actor's name; throws CONFLICT where the SKU is in use. */
export const createProduct =
  ({ database, products, authorizer }: Deps) =>
  async ({ actor, trace }: Caller, input: CreateProductInput): Promise<Product> => {
    const user = authorizer.authorize(actor, 'app:product:save', { type: 'Product' })
    const given = parseInput(newProduct, input)
    return inTransaction(database, async (tx) => {
      const product = await products.insert(tx, given, user.userId)
      await addEvent(tx, productCreatedV1, { subject: product.id, data: toEventData(product, user.userId), trace })
      return product
    })
  }
