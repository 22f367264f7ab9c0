import { z } from 'zod'

/** Where a page of a list begins or ends, as its address says it; without one it is the first page. */
export type Cursor = { readonly after: string } | { readonly before: string } | undefined

const PAGE_SIZE = 20

type Parameters = Readonly<Record<string, string | string[] | undefined>>

const parameter = z.string().min(1).max(2000).optional().catch(undefined)
const address = z.object({ after: parameter, before: parameter })

/** Reads the cursor from an address; what is no cursor counts as absent. */
export const readCursor = (parameters: Parameters): Cursor => {
  const { after, before } = address.parse(parameters)
  return after !== undefined ? { after } : before !== undefined ? { before } : undefined
}

type PageVariables = {
  readonly first: number | null
  readonly after: string | null
  readonly last: number | null
  readonly before: string | null
}

/** The arguments of a connection for this page: forward by default, back from a `before` cursor. */
export const pageVariables = (cursor: Cursor, size = PAGE_SIZE): PageVariables =>
  cursor !== undefined && 'before' in cursor
    ? { first: null, after: null, last: size, before: cursor.before }
    : { first: size, after: cursor?.after ?? null, last: null, before: null }

type PageInfo = {
  readonly hasPreviousPage: boolean
  readonly hasNextPage: boolean
  readonly startCursor: string | null
  readonly endCursor: string | null
}

/** The cursors of the pages before and after this one, where there are such pages. */
export const neighbours = ({ hasPreviousPage, hasNextPage, startCursor, endCursor }: PageInfo) => ({
  previous: hasPreviousPage && startCursor !== null ? { before: startCursor } : undefined,
  next: hasNextPage && endCursor !== null ? { after: endCursor } : undefined,
})
