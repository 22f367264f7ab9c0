/**
 * Relay connections over keyset pages: a cursor holds the sort value and the id of its row, so that a page is found by an
 * index and rows that come or go meanwhile neither repeat nor hide others.
 * https://relay.dev/graphql/connections.htm
 */
import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { inputInvalid } from './errors.ts'

export const DEFAULT_PAGE = 20
export const LARGEST_PAGE = 100

export type PageArgs = {
  readonly first?: number | null | undefined
  readonly after?: string | null | undefined
  readonly last?: number | null | undefined
  readonly before?: string | null | undefined
}

/** How a list is sorted: the name goes into the cursors, the id breaks ties. */
export type Order = {
  readonly name: string
  readonly direction: 'asc' | 'desc'
  readonly key: RawBuilder<unknown>
  readonly id: RawBuilder<unknown>
  readonly valueType: 'text' | 'integer' | 'timestamp'
}

export type SortValue = string | number
export type Position = { readonly value: SortValue; readonly id: string }

export type Page = {
  readonly order: Order
  readonly isBackward: boolean
  readonly limit: number
  readonly after: Position | undefined
  readonly before: Position | undefined
}

const VALUE_SCHEMAS = {
  text: z.string().max(1_000),
  integer: z.int(),
  timestamp: z.iso.datetime(),
} as const satisfies Record<Order['valueType'], z.ZodType<SortValue>>

/** Checks the arguments of a connection; throws INPUT_INVALID that names each faulty one. */
export const parsePage = (args: PageArgs, order: Order): Page => {
  const faults = [...sizeFaults('first', args.first), ...sizeFaults('last', args.last)]
  if (isGiven(args.first) && isGiven(args.last)) {
    faults.push({ path: 'last', message: 'give either first or last, not both' })
  }
  const position = (path: 'after' | 'before'): Position | undefined => {
    const cursor = args[path]
    if (!isGiven(cursor)) return undefined
    const decoded = decodeCursor(cursor, order)
    if (decoded === undefined) faults.push({ path, message: 'is not a cursor of this list in this order' })
    return decoded
  }
  const [after, before] = [position('after'), position('before')]
  if (faults.length > 0) throw inputInvalid(faults)
  const isBackward = isGiven(args.last) || (!isGiven(args.first) && before !== undefined && after === undefined)
  return { order, isBackward, limit: args.first ?? args.last ?? DEFAULT_PAGE, after, before }
}

const isGiven = <Value>(value: Value | null | undefined): value is Value => value !== null && value !== undefined

const sizeFaults = (path: string, size: number | null | undefined): { path: string; message: string }[] =>
  isGiven(size) && (size < 1 || size > LARGEST_PAGE)
    ? [{ path, message: `must be 1 to ${LARGEST_PAGE}, not ${size}` }]
    : []

/** The condition, the order and the limit that select one page plus one row, which tells whether there are more. */
export const keyset = ({ order, isBackward, limit, after, before }: Page) => {
  const { key, id, direction } = order
  const isAscending = (direction === 'asc') !== isBackward
  const beyond = (position: Position | undefined, isForward: boolean): RawBuilder<boolean> => {
    if (position === undefined) return sql<boolean>`true`
    const operator = sql.raw((direction === 'asc') === isForward ? '>' : '<')
    return sql<boolean>`(${key}, ${id}) ${operator} (${castValue(order, position.value)}, ${position.id}::uuid)`
  }
  const towards = sql.raw(isAscending ? 'asc' : 'desc')
  return {
    where: sql<boolean>`${beyond(after, true)} and ${beyond(before, false)}`,
    orderBy: [sql`${key} ${towards}`, sql`${id} ${towards}`] as const,
    limit: limit + 1,
  }
}

/** A sort key as the database gave it, in the form that a cursor carries. */
export const toSortValue = (value: unknown): SortValue =>
  value instanceof Date ? value.toISOString() : typeof value === 'number' ? value : String(value)

/** The pattern of `ilike` for a text that holds `search` somewhere; what LIKE takes for a wildcard is taken literally. */
export const containing = (search: string): string => `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

const castValue = ({ valueType }: Order, value: SortValue): RawBuilder<unknown> => {
  switch (valueType) {
    case 'text':
      return sql`${value}::text`
    case 'integer':
      return sql`${value}::bigint`
    case 'timestamp':
      return sql`${value}::timestamptz`
  }
}

export type Connection<Row> = {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[]
  readonly pageInfo: {
    readonly hasNextPage: boolean
    readonly hasPreviousPage: boolean
    readonly startCursor: string | null
    readonly endCursor: string | null
  }
}

/** Puts the rows that `keyset` selected into a connection, in the order of the list whichever way it was read. */
export const toConnection = <Row>(
  rows: readonly Row[],
  page: Page,
  positionOf: (row: Row) => Position,
): Connection<Row> => {
  const hasMore = rows.length > page.limit
  const kept = rows.slice(0, page.limit)
  const ordered = page.isBackward ? kept.toReversed() : kept
  const edges = ordered.map((node) => ({ node, cursor: encodeCursor(positionOf(node), page.order) }))
  return {
    edges,
    pageInfo: {
      hasNextPage: page.isBackward ? page.before !== undefined : hasMore,
      hasPreviousPage: page.isBackward ? hasMore : page.after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  }
}

const encodeCursor = ({ value, id }: Position, { name, direction }: Order): string =>
  Buffer.from(JSON.stringify([name, direction, value, id])).toString('base64url')

const decodeCursor = (cursor: string, { name, direction, valueType }: Order): Position | undefined => {
  const shape = z.tuple([z.literal(name), z.literal(direction), VALUE_SCHEMAS[valueType], z.uuid()])
  try {
    const parsed = shape.safeParse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return parsed.success ? { value: parsed.data[2], id: parsed.data[3] } : undefined
  } catch {
    return undefined
  }
}
