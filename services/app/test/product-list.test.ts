import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppFixture, startApp } from './app-fixture.ts'

const LIST = `query ($first: Int, $after: String, $last: Int, $before: String, $query: String, $orderBy: ProductOrder) {
  products(first: $first, after: $after, last: $last, before: $before, query: $query, orderBy: $orderBy) {
    totalCount
    edges { cursor node { id name sku priceCents stock } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`

type ListView = {
  totalCount: number
  edges: { cursor: string; node: { id: string; name: string; sku: string; priceCents: number; stock: number } }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
}

const SIZE = 230
const userId = '0199b000-0000-7000-8000-000000000001'

let fixture: AppFixture
beforeAll(async () => {
  fixture = await startApp()
  // Few prices and stocks, so that ties fall on page borders; names whose order depends on case.
  const rows = Array.from({ length: SIZE }, (_, index) => ({
    name: `${index % 2 === 0 ? 'lamp' : 'LAMP'} ${String(index * 7).padStart(4, '0')}`,
    sku: `SKU-${String((index * 37) % SIZE).padStart(4, '0')}`,
    price_cents: index % 5,
    stock: index % 3,
    created_by: userId,
    created_at: new Date(Date.UTC(2026, 0, 1) + (index % 10)),
  }))
  await fixture.database.insertInto('products').values(rows).execute()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const list = async (variables: Record<string, unknown>): Promise<ListView> =>
  dataOf(await fixture.send<{ products: ListView }>(LIST, variables, fixture.member)).products

const fault = async (variables: Record<string, unknown>) => {
  const { errors } = await fixture.send(LIST, variables, fixture.member)
  return errors[0]?.extensions
}

const FIELDS = ['NAME', 'SKU', 'PRICE', 'STOCK', 'CREATED_AT'] as const

describe('paging', () => {
  it.each(FIELDS.flatMap((field) => [[field, 'ASC'] as const, [field, 'DESC'] as const]))(
    'by %s %s, forward and back, shows every product once and in the same order',
    async (field, direction) => {
      const orderBy = { field, direction }
      const forward: string[] = []
      for (let after: string | null = null; ; ) {
        const { edges, pageInfo } = await list({ first: 47, after, orderBy })
        forward.push(...edges.map(({ node }) => node.id))
        if (!pageInfo.hasNextPage) break
        after = pageInfo.endCursor
      }
      const backward: string[] = []
      for (let before: string | null = null; ; ) {
        const { edges, pageInfo } = await list({ last: 47, before, orderBy })
        backward.unshift(...edges.map(({ node }) => node.id))
        if (!pageInfo.hasPreviousPage) break
        before = pageInfo.startCursor
      }
      expect(new Set(forward).size).toBe(SIZE)
      expect(forward).toHaveLength(SIZE)
      expect(backward).toEqual(forward)
    },
  )

  it('sorts names without regard to case', async () => {
    const names = (await list({ first: 100 })).edges.map(({ node }) => node.name.toLowerCase())
    expect(names).toEqual(names.toSorted())
    expect(new Set((await list({ first: 4 })).edges.map(({ node }) => node.name.slice(0, 4)))).toEqual(
      new Set(['lamp', 'LAMP']),
    )
  })

  it('gives 20 where no size is asked for, and the number of all', async () => {
    const { edges, totalCount, pageInfo } = await list({})
    expect([edges.length, totalCount, pageInfo.hasNextPage, pageInfo.hasPreviousPage]).toEqual([20, SIZE, true, false])
  })
})

describe('search', () => {
  it('finds parts of the name and of the SKU without regard to case', async () => {
    expect((await list({ query: 'AmP 0007' })).edges.map(({ node }) => node.name)).toEqual(['LAMP 0007'])
    expect((await list({ query: 'sku-0041' })).totalCount).toBe(1)
  })

  it.each(['%', '_', '\\', "' or 1=1 --", '%%%'])('takes %s literally', async (query) => {
    expect(await list({ query })).toMatchObject({ totalCount: 0, edges: [] })
  })
})

describe('bad arguments', () => {
  it.each([
    ['first: 0', { first: 0 }, 'first'],
    ['first: 101', { first: 101 }, 'first'],
    ['last: -1', { last: -1 }, 'last'],
    ['both first and last', { first: 1, last: 1 }, 'last'],
    ['a cursor that is no base64', { after: '§§§' }, 'after'],
    ['a cursor that is no JSON', { after: 'bm90IGpzb24' }, 'after'],
    [
      'a cursor with a wrong id',
      { before: Buffer.from('["NAME","asc","x","1 or 1=1"]').toString('base64url') },
      'before',
    ],
    ['an endless query', { query: 'x'.repeat(201) }, 'query'],
  ])('%s is told by its name', async (_what, variables, path) => {
    const extensions = await fault(variables)
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INPUT_INVALID' })
    expect(extensions?.fields?.[0]?.path).toBe(path)
  })

  it('a cursor of another order is refused, not misread', async () => {
    const { pageInfo } = await list({ first: 1, orderBy: { field: 'PRICE', direction: 'ASC' } })
    const extensions = await fault({ after: pageInfo.endCursor, orderBy: { field: 'PRICE', direction: 'DESC' } })
    expect(extensions?.code).toBe('BAD_USER_INPUT')
  })

  it('a value that does not fit the column is no 500', async () => {
    const after = Buffer.from(JSON.stringify(['PRICE', 'asc', 9e15, userId])).toString('base64url')
    const { edges } = await list({ after, first: 5, orderBy: { field: 'PRICE', direction: 'ASC' } })
    expect(edges).toEqual([])
  })
})
