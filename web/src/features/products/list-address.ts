import { z } from 'zod'
import type { OrderDirection, ProductOrderField } from '#generated/graphql.ts'
import { SORTS, type SortName } from './sorts.ts'

export const PAGE_SIZE = 20

/** What the list shows, as its address says it; what the address says wrongly is left out. */
export type ListView = {
  readonly search: string
  readonly sort: SortName
  readonly direction: 'asc' | 'desc'
  readonly cursor: { readonly after: string } | { readonly before: string } | undefined
}

const FIELD: Record<SortName, ProductOrderField> = {
  name: 'NAME',
  sku: 'SKU',
  price: 'PRICE',
  stock: 'STOCK',
  added: 'CREATED_AT',
}

const address = z.object({
  q: z.string().trim().max(200).catch(''),
  sort: z.enum(SORTS).catch('name'),
  direction: z.enum(['asc', 'desc']).catch('asc'),
  after: z.string().min(1).max(2000).optional().catch(undefined),
  before: z.string().min(1).max(2000).optional().catch(undefined),
})

/** Reads the view from the address; a parameter that is no value of ours counts as absent. */
export const readListView = (parameters: Readonly<Record<string, string | string[] | undefined>>): ListView => {
  const { q, sort, direction, after, before } = address.parse(parameters)
  const cursor = after !== undefined ? { after } : before !== undefined ? { before } : undefined
  return { search: q, sort, direction, cursor }
}

/** The address of a view: short, as defaults are left out. */
export const listHref = ({ search, sort, direction, cursor }: ListView): string => {
  const parameters = new URLSearchParams({
    ...(search === '' ? {} : { q: search }),
    ...(sort === 'name' ? {} : { sort }),
    ...(direction === 'asc' ? {} : { direction }),
    ...cursor,
  })
  return parameters.size === 0 ? '/products' : `/products?${parameters}`
}

/** The same list in another order, from its beginning. The second click on a column turns its direction. */
export const sortBy = (view: ListView, sort: SortName): ListView => ({
  ...view,
  sort,
  direction: view.sort === sort && view.direction === 'asc' ? 'desc' : 'asc',
  cursor: undefined,
})

type ListVariables = {
  readonly query: string | null
  readonly orderBy: { readonly field: ProductOrderField; readonly direction: OrderDirection }
  readonly first: number | null
  readonly after: string | null
  readonly last: number | null
  readonly before: string | null
}

/** The view as the gateway's arguments: forward by default, back from a `before` cursor. */
export const listVariables = ({ search, sort, direction, cursor }: ListView): ListVariables => {
  const isBackward = cursor !== undefined && 'before' in cursor
  return {
    query: search === '' ? null : search,
    orderBy: { field: FIELD[sort], direction: direction === 'asc' ? 'ASC' : 'DESC' },
    first: isBackward ? null : PAGE_SIZE,
    after: cursor !== undefined && 'after' in cursor ? cursor.after : null,
    last: isBackward ? PAGE_SIZE : null,
    before: isBackward ? cursor.before : null,
  }
}
