import type { CustomerOrderField } from '#generated/graphql.ts'
import { type SortedView, sortedAddress, sortedVariables } from '#ui/list/sorted-address.ts'
import { SORTS, type SortName } from './sorts.ts'

export type ListView = SortedView<SortName>

const FIELD: Record<SortName, CustomerOrderField> = {
  name: 'NAME',
  email: 'EMAIL',
  status: 'STATUS',
  added: 'CREATED_AT',
}

/** The addresses of the list of customers. */
export const customersAddress = sortedAddress('/customers', SORTS)

/** The view as the gateway's arguments. */
export const listVariables = (view: ListView) => sortedVariables(view, FIELD)
