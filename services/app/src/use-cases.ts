import type { Authorizer } from '@neotool/kit/authz'
import type { Database } from '@neotool/kit/postgres'
import type { ActivityStore } from './activity-store.ts'
import type { Tables } from './database.ts'
import type { ProductStore } from './product-store.ts'
import { createProduct } from './use-cases/create-product.ts'
import { deleteProduct } from './use-cases/delete-product.ts'
import { findProduct } from './use-cases/find-product.ts'
import { listActivity } from './use-cases/list-activity.ts'
import { listProducts } from './use-cases/list-products.ts'
import { updateProduct } from './use-cases/update-product.ts'

export type UseCaseDeps = {
  readonly database: Database<Tables>
  readonly products: ProductStore
  readonly activity: ActivityStore
  readonly authorizer: Authorizer
}

/** All that the app service can do, each given what it needs. */
export const createUseCases = (deps: UseCaseDeps) => ({
  createProduct: createProduct(deps),
  updateProduct: updateProduct(deps),
  deleteProduct: deleteProduct(deps),
  findProduct: findProduct(deps),
  listProducts: listProducts(deps),
  listActivity: listActivity(deps),
})

export type UseCases = ReturnType<typeof createUseCases>
