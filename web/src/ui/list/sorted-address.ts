import { z } from 'zod'
import type { OrderDirection } from '#generated/graphql.ts'
import { type Cursor, pageVariables, readCursor } from './cursor.ts'

/** What a list shows, as its address says it; what the address says wrongly is left out. */
export type SortedView<Sort extends string> = {
  readonly search: string
  readonly sort: Sort
  readonly direction: 'asc' | 'desc'
  readonly cursor: Cursor
}

const DIRECTIONS = ['asc', 'desc'] as const

const ORDER: Record<(typeof DIRECTIONS)[number], OrderDirection> = { asc: 'ASC', desc: 'DESC' }

/** Reads and writes the addresses of a list at `path` that is searched and sorted; the first of `sorts` is its own order. */
export const sortedAddress = <const Sorts extends readonly [string, ...string[]]>(path: string, sorts: Sorts) => {
  type Sort = Sorts[number]
  const usual: Sort = sorts[0]
  const address = z.object({
    q: z.string().trim().max(200).catch(''),
    sort: z.enum(sorts).catch(usual),
    direction: z.enum(DIRECTIONS).catch('asc'),
  })
  const order = (sort: Sort, direction: 'asc' | 'desc'): Record<string, string> => ({
    ...(sort === usual ? {} : { sort }),
    ...(direction === 'asc' ? {} : { direction }),
  })
  const read = (parameters: Readonly<Record<string, string | string[] | undefined>>): SortedView<Sort> => {
    const { q, sort, direction } = address.parse(parameters)
    return { search: q, sort: sort as Sort, direction, cursor: readCursor(parameters) }
  }
  const href = ({ search, sort, direction, cursor }: SortedView<Sort>): string => {
    const parameters = new URLSearchParams({
      ...(search === '' ? {} : { q: search }),
      ...order(sort, direction),
      ...cursor,
    })
    return parameters.size === 0 ? path : `${path}?${parameters}`
  }
  return {
    /** Reads the view from the address; a parameter that is no value of ours counts as absent. */
    read,
    /** The address of a view: short, as defaults are left out. */
    href,
    /** The same list in another order, from its beginning. The second click on a column turns its direction. */
    sortBy: (view: SortedView<Sort>, sort: Sort): SortedView<Sort> => ({
      ...view,
      sort,
      direction: view.sort === sort && view.direction === 'asc' ? 'desc' : 'asc',
      cursor: undefined,
    }),
    /** Every order in which the list can be had, the present one, and how an address says the present one. */
    orderings: (view: SortedView<Sort>) => ({
      all: sorts.flatMap((sort: Sort) =>
        DIRECTIONS.map((direction) => ({
          sort,
          direction,
          href: href({ ...view, sort, direction, cursor: undefined }),
        })),
      ),
      present: href({ ...view, cursor: undefined }),
      parameters: order(view.sort, view.direction),
    }),
  }
}

/** The view as the arguments of a connection; `fields` says how the contract calls what it is sorted by. */
export const sortedVariables = <Sort extends string, Field>(
  { search, sort, direction, cursor }: SortedView<Sort>,
  fields: Readonly<Record<Sort, Field>>,
) => ({
  ...pageVariables(cursor),
  query: search === '' ? null : search,
  orderBy: { field: fields[sort], direction: ORDER[direction] },
})
