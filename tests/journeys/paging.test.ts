import { beforeAll, describe, expect, it } from 'vitest'
import { dataOf, send, signedInToken } from './api.ts'

const SIZE = 1_000
const LIST = `query ($first: Int, $after: String, $last: Int, $before: String) {
  products(first: $first, after: $after, last: $last, before: $before, query: "Paged") {
    edges { node { id name createdBy { displayName } } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`
type List = {
  products: {
    edges: { node: { id: string; name: string; createdBy: { displayName: string } } }[]
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
  }
}

let token: string
let serial = 0
const create = async (): Promise<string> => {
  serial += 1
  // Names in an order that has nothing to do with the order of creation.
  const key = String((serial * 7919) % 10_007).padStart(5, '0')
  const input = { name: `Paged ${key}`, sku: `PAGED-${serial}`, priceCents: 100, stock: 1 }
  const mutation = 'mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { id } } }'
  const answer = await send<{ createProduct: { product: { id: string } } }>(mutation, { input }, token)
  return dataOf(answer).createProduct.product.id
}
const list = async (variables: Record<string, unknown>) => dataOf(await send<List>(LIST, variables, token)).products

describe(`paging over ${SIZE} products while others are added`, () => {
  const known = new Set<string>()
  beforeAll(async () => {
    token = await signedInToken()
    for (let made = 0; made < SIZE; made += 20) {
      for (const id of await Promise.all(Array.from({ length: 20 }, create))) known.add(id)
    }
  })

  const walk = async (step: 'forward' | 'back') => {
    const seen: string[] = []
    let cursor: string | null = null
    for (;;) {
      const page = await list(step === 'forward' ? { first: 37, after: cursor } : { last: 37, before: cursor })
      expect(page.edges.every(({ node }) => node.createdBy.displayName === 'Api Person')).toBe(true)
      const ids = page.edges.map(({ node }) => node.id)
      if (step === 'forward') seen.push(...ids)
      else seen.unshift(...ids)
      // Three more at random places of the order between any two pages.
      await Promise.all([create(), create(), create()])
      if (step === 'forward' ? !page.pageInfo.hasNextPage : !page.pageInfo.hasPreviousPage) return seen
      cursor = step === 'forward' ? page.pageInfo.endCursor : page.pageInfo.startCursor
    }
  }

  it.each(['forward', 'back'] as const)('%s: none is missed and none comes twice', async (step) => {
    const seen = await walk(step)
    expect(new Set(seen).size).toBe(seen.length)
    const missed = [...known].filter((id) => !seen.includes(id))
    expect(missed).toEqual([])
  })
})
