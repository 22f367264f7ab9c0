import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Customer } from '../customer.ts'
import { type CustomerStore, customerOrder } from '../customer-store.ts'
import type { Tables } from '../database.ts'
import type { CustomerOrder } from '../generated/graphql.ts'

type Deps = { database: Database<Tables>; customers: CustomerStore; authorizer: Authorizer }

/** A page of customers; the whole number is counted only when it is asked for. */
export type CustomerList = Connection<Customer> & { readonly totalCount: () => Promise<number> }

type Args = PageArgs & {
  readonly query?: string | null | undefined
  readonly orderBy?: CustomerOrder | null | undefined
}

const search = z.object({ query: z.string().trim().max(200, 'must have at most 200 characters') }).partial()

/** Customers in an order and with a search text, as a Relay connection. */
export const listCustomers =
  ({ database, customers, authorizer }: Deps) =>
  async ({ actor }: Caller, { query, orderBy, ...pageArgs }: Args): Promise<CustomerList> => {
    authorizer.authorize(actor, 'app:customer:view', { type: 'Customer' })
    const page = parsePage(pageArgs, customerOrder(orderBy?.field ?? 'NAME', orderBy?.direction ?? 'ASC'))
    const text = parseInput(search, { query: query ?? undefined }).query || undefined
    const rows = await customers.listPage(database, page, text)
    const { edges, pageInfo } = toConnection(rows, page, ({ customer, sortValue }) => ({
      id: customer.id,
      value: sortValue,
    }))
    return {
      edges: edges.map(({ cursor, node }) => ({ cursor, node: node.customer })),
      pageInfo,
      totalCount: () => customers.count(database, text),
    }
  }
