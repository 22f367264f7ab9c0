import { containing, keyset, type Order, type Page, toSortValue } from '@neotool/kit/connection'
import { type Database, onConstraint, type Tx } from '@neotool/kit/postgres'
import { type Selectable, sql } from 'kysely'
import { type Customer, type CustomerId, emailTaken, type NewCustomer } from './customer.ts'
import type { Tables } from './database.ts'
import type { CustomerOrderField, OrderDirection } from './generated/graphql.ts'

const id = sql`customers.id`

const ORDERS = {
  NAME: { key: sql`lower(customers.name)`, valueType: 'text' },
  EMAIL: { key: sql`customers.email_normalized`, valueType: 'text' },
  STATUS: { key: sql`customers.status`, valueType: 'text' },
  CREATED_AT: { key: sql`customers.created_at`, valueType: 'timestamp' },
} as const satisfies Record<CustomerOrderField, Pick<Order, 'key' | 'valueType'>>

/** The order that a list of customers is asked for in. */
export const customerOrder = (field: CustomerOrderField, direction: OrderDirection): Order => ({
  ...ORDERS[field],
  name: field,
  direction: direction === 'ASC' ? 'asc' : 'desc',
  id,
})

/** All SQL of the customer. */
export const customerStore = {
  async insert(tx: Tx<Tables>, customer: NewCustomer, createdById: string): Promise<Customer> {
    const row = await tx
      .insertInto('customers')
      .values({ ...toColumns(customer), created_by: createdById })
      .returningAll()
      .executeTakeFirstOrThrow()
      .catch(onConstraint({ customers_email_unique: emailTaken }))
    return toCustomer(row)
  },

  /** Reads the customer and keeps others from changing it until the transaction ends. */
  async lock(tx: Tx<Tables>, customerId: CustomerId): Promise<Customer | undefined> {
    const row = await tx.selectFrom('customers').selectAll().where('id', '=', customerId).forUpdate().executeTakeFirst()
    return row && toCustomer(row)
  },

  async save(tx: Tx<Tables>, customer: Customer): Promise<Customer> {
    const row = await tx
      .updateTable('customers')
      .set({ ...toColumns(customer), version: sql`version + 1`, updated_at: sql`now()` })
      .where('id', '=', customer.id)
      .returningAll()
      .executeTakeFirstOrThrow()
      .catch(onConstraint({ customers_email_unique: emailTaken }))
    return toCustomer(row)
  },

  async delete(tx: Tx<Tables>, customerId: CustomerId): Promise<void> {
    await tx.deleteFrom('customers').where('id', '=', customerId).execute()
  },

  async loadMany(database: Database<Tables>, ids: readonly CustomerId[]): Promise<readonly Customer[]> {
    const rows = await database.selectFrom('customers').selectAll().where('id', 'in', ids).execute()
    return rows.map(toCustomer)
  },

  /** One page plus one row, in reading order; see kit's connection. */
  async listPage(
    database: Database<Tables>,
    page: Page,
    search: string | undefined,
  ): Promise<readonly { customer: Customer; sortValue: string | number }[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('customers')
      .selectAll()
      .select(page.order.key.as('sort_value'))
      .where(where)
      .where(matches(search))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(({ sort_value, ...row }) => ({ customer: toCustomer(row), sortValue: toSortValue(sort_value) }))
  },

  async count(database: Database<Tables>, search: string | undefined): Promise<number> {
    const { count } = await database
      .selectFrom('customers')
      .select(sql<number>`count(*)::int`.as('count'))
      .where(matches(search))
      .executeTakeFirstOrThrow()
    return count
  },
}

export type CustomerStore = typeof customerStore

const toColumns = ({ name, email, status }: NewCustomer) => ({ name, email, status })

const toCustomer = (row: Selectable<Tables['customers']>): Customer => ({
  id: row.id,
  name: row.name,
  email: row.email,
  status: row.status,
  version: row.version,
  createdById: row.created_by,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const matches = (search: string | undefined) => {
  if (search === undefined) return sql<boolean>`true`
  const pattern = containing(search)
  return sql<boolean>`(customers.name ilike ${pattern} or customers.email ilike ${pattern})`
}
