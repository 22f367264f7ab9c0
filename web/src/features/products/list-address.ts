import type { OrderDirection, ProductOrderField } from '#generated/graphql.ts'
import { pageVariables } from '#ui/list/cursor.ts'
import { type SortedView, sortedAddress } from '#ui/list/sorted-address.ts'
import { SORTS, type SortName } from './sorts.ts'

const PAGE_SIZE = 20

export type ListView = SortedView<SortName>

const FIELD: Record<SortName, ProductOrderField> = {
  name: 'NAME',
  sku: 'SKU',
  price: 'PRICE',
  stock: 'STOCK',
  added: 'CREATED_AT',
}

/** The addresses of the list of products. */
export const productsAddress = sortedAddress('/products', SORTS)

type OrderBy = { readonly field: ProductOrderField; readonly direction: OrderDirection }

/** The view as the gateway's arguments. */
export const listVariables = ({ search, sort, direction, cursor }: ListView) => ({
  ...pageVariables(cursor, PAGE_SIZE),
  query: search === '' ? null : search,
  orderBy: { field: FIELD[sort], direction: direction === 'asc' ? 'ASC' : 'DESC' } satisfies OrderBy as OrderBy,
})
