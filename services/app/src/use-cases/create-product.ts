import type { Actor } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { CreateProductInput } from '../generated/graphql.ts'
import { newProduct, type Product } from '../product.ts'
import type { ProductStore } from '../product-store.ts'

type Deps = { database: Database<Tables>; products: ProductStore; authorizer: Authorizer }

/** Adds a product in the actor's name; throws CONFLICT where the SKU is in use. */
export const createProduct =
  ({ database, products, authorizer }: Deps) =>
  async (actor: Actor, input: CreateProductInput): Promise<Product> => {
    const user = authorizer.authorize(actor, 'app:product:save', { type: 'Product' })
    const product = parseInput(newProduct, input)
    return inTransaction(database, (tx) => products.insert(tx, product, user.userId))
  }
