import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { ProductOrder } from '../generated/graphql.ts'
import type { Product } from '../product.ts'
import { type ProductStore, productOrder } from '../product-store.ts'

type Deps = { database: Database<Tables>; products: ProductStore; authorizer: Authorizer }

/** A page of products; the whole number is counted only when it is asked for. */
export type ProductList = Connection<Product> & { readonly totalCount: () => Promise<number> }

type Args = PageArgs & {
  readonly query?: string | null | undefined
  readonly orderBy?: ProductOrder | null | undefined
}

const search = z.object({ query: z.string().trim().max(200, 'must have at most 200 characters') }).partial()

/** Products in an order and with a search text, as a Relay connection. */
export const listProducts =
  ({ database, products, authorizer }: Deps) =>
  async ({ actor }: Caller, { query, orderBy, ...pageArgs }: Args): Promise<ProductList> => {
    authorizer.authorize(actor, 'app:product:view', { type: 'Product' })
    const page = parsePage(pageArgs, productOrder(orderBy?.field ?? 'NAME', orderBy?.direction ?? 'ASC'))
    const text = parseInput(search, { query: query ?? undefined }).query || undefined
    const rows = await products.listPage(database, page, text)
    const { edges, pageInfo } = toConnection(rows, page, ({ product, sortValue }) => ({
      id: product.id,
      value: sortValue,
    }))
    return {
      edges: edges.map(({ cursor, node }) => ({ cursor, node: node.product })),
      pageInfo,
      totalCount: () => products.count(database, text),
    }
  }
