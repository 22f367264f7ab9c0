import type { Database } from '@neotool/kit/postgres'
import DataLoader from 'dataloader'
import type { Customer, CustomerId } from './customer.ts'
import type { CustomerStore } from './customer-store.ts'
import type { Tables } from './database.ts'

export type CustomerLoader = DataLoader<CustomerId, Customer | undefined>

/** Reads the customers that one request asks for in one query; make a new one for each request. */
export const customerLoader = (database: Database<Tables>, customers: CustomerStore): CustomerLoader =>
  new DataLoader(async (ids) => {
    const found = new Map((await customers.loadMany(database, ids)).map((customer) => [customer.id, customer]))
    return ids.map((id) => found.get(id))
  })
