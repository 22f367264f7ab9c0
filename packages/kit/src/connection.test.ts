import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { type Order, type PageArgs, parsePage, toConnection } from './connection.ts'

const order: Order = { name: 'NAME', direction: 'asc', key: sql`name`, id: sql`id`, valueType: 'text' }
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `0199b000-0000-7000-8000-00000000000${index}`,
    name: `n${index}`,
  }))
const connect = (count: number, args: PageArgs) =>
  toConnection(rows(count), parsePage(args, order), ({ id, name }) => ({ id, value: name }))

describe('a connection', () => {
  it('is empty without rows', () => {
    expect(connect(0, { first: 2 })).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    })
  })

  it('knows of more by the one row too many, and does not show it', () => {
    const { edges, pageInfo } = connect(3, { first: 2 })
    expect(edges.map(({ node }) => node.name)).toEqual(['n0', 'n1'])
    expect(pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
  })

  it('shows a page that was read backwards in the order of the list', () => {
    const { edges, pageInfo } = connect(3, { last: 2 })
    expect(edges.map(({ node }) => node.name)).toEqual(['n1', 'n0'])
    expect(pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true })
  })

  it('reads its own cursors back', () => {
    const { endCursor } = connect(2, { first: 2 }).pageInfo
    expect(parsePage({ after: endCursor }, order).after).toEqual({ value: 'n1', id: rows(2)[1]?.id })
  })
})
