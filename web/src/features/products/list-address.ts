import type { ProductOrderField } from '#generated/graphql.ts'
import { type SortedView, sortedAddress, sortedVariables } from '#ui/list/sorted-address.ts'
import { SORTS, type SortName } from './sorts.ts'

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

/** The view as the gateway's arguments. */
export const listVariables = (view: ListView) => sortedVariables(view, FIELD)
