import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import type { Database } from '@neotool/kit/postgres'
import type { ActivityStore } from './activity-store.ts'
import type { CustomerStore } from './customer-store.ts'
import type { Tables } from './database.ts'
import type { ProductStore } from './product-store.ts'
import { createCustomer } from './use-cases/create-customer.ts'
import { createProduct } from './use-cases/create-product.ts'
import { deleteCustomer } from './use-cases/delete-customer.ts'
import { deleteProduct } from './use-cases/delete-product.ts'
import { findCustomer } from './use-cases/find-customer.ts'
import { findProduct } from './use-cases/find-product.ts'
import { listActivity } from './use-cases/list-activity.ts'
import { listCustomers } from './use-cases/list-customers.ts'
import { listProducts } from './use-cases/list-products.ts'
import { updateCustomer } from './use-cases/update-customer.ts'
import { updateProduct } from './use-cases/update-product.ts'

export type UseCaseDeps = {
  readonly database: Database<Tables>
  readonly products: ProductStore
  readonly customers: CustomerStore
  readonly activity: ActivityStore
  readonly authorizer: Authorizer
  readonly audit: Audit
  readonly hashPersonalData: KeyedHash
}

/** All that the app service can do, each given what it needs. */
export const createUseCases = (deps: UseCaseDeps) => ({
  createProduct: createProduct(deps),
  updateProduct: updateProduct(deps),
  deleteProduct: deleteProduct(deps),
  findProduct: findProduct(deps),
  listProducts: listProducts(deps),
  createCustomer: createCustomer(deps),
  updateCustomer: updateCustomer(deps),
  deleteCustomer: deleteCustomer(deps),
  findCustomer: findCustomer(deps),
  listCustomers: listCustomers(deps),
  listActivity: listActivity(deps),
})

export type UseCases = ReturnType<typeof createUseCases>
