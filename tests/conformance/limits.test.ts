import { describe, expect } from 'vitest'
import { conforms } from './conforms.ts'
import { useGateway } from './fixture.ts'

const gateway = useGateway()

const nested = (levels: number) => `{ products ${'{ related '.repeat(levels)}{ id }${' }'.repeat(levels)} }`
const aliased = (count: number) =>
  `{ ${Array.from({ length: count }, (_, index) => `a${index}: product(id: "p1") { id }`).join(' ')} }`
const aliasedInside = (count: number) =>
  `{ products { ${Array.from({ length: count }, (_, index) => `a${index}: name`).join(' ')} } }`

/** About as wide as the widest query of the web app. */
const REAL = `
  query Products($id: ID!) {
    products { ...Row related { ...Row related { ...Row } } }
    me { id name }
    one: product(id: $id) { ...Row }
  }
  fragment Row on Product { id name note seller { id name } }`

conforms('a real operation passes', async () => {
  const { status, errors } = await gateway().ask(REAL, { variables: { id: 'p1' } })
  expect({ status, errors }).toEqual({ status: 200, errors: [] })
})

/** An engine may find out that introspection is off when it executes, and then answers 200. */
const isNotAnswered = async (query: string, variables?: Readonly<Record<string, unknown>>) => {
  const { status, data, errors } = await gateway().ask(query, { variables })
  expect(data ?? null).toBeNull()
  expect(errors[0]?.message).toEqual(expect.any(String))
  expect([...gateway().app.requests, ...gateway().security.requests]).toEqual([])
  return status
}

const isRefused = async (query: string, variables?: Readonly<Record<string, unknown>>) => {
  expect(await isNotAnswered(query, variables)).toBe(400)
}

describe('before any service is asked, it refuses', () => {
  for (const [what, query] of Object.entries({
    '10,000 tokens': `{ products { ${'id '.repeat(10_000)} } }`,
    '200 levels': nested(200),
    '20 levels': nested(20),
    '100 root fields': aliased(100),
    '100 aliases': aliasedInside(100),
    'two operations': 'query A { __typename } query B { __typename }',
    'a subscription': 'subscription { products { id } }',
    'a field that does not exist': '{ product(id: "p1") { secret } }',
    'a syntax error': '{ product(',
    'no operation at all': '',
    'a cycle of fragments': '{ products { ...A } } fragment A on Product { related { ...A } }',
    'the service definition of federation': '{ _service { sdl } }',
    'entities asked for by a client':
      '{ _entities(representations: [{ __typename: "Person", id: "u1" }]) { __typename } }',
  })) {
    conforms(what, () => isRefused(query))
  }

  conforms('a variable of the wrong type', () =>
    isRefused('query One($id: ID!) { product(id: $id) { id } }', { id: { nested: true } }),
  )
  conforms('a variable that is missing', () => isRefused('query One($id: ID!) { product(id: $id) { id } }'))
})

describe('introspection is off', () => {
  for (const [what, query] of Object.entries({
    'for a type': '{ __type(name: "Product") { name } }',
    'for the schema': '{ __schema { types { name } } }',
    'beside data': '{ products { id } __schema { types { name } } }',
  })) {
    conforms(what, async () => {
      expect(await isNotAnswered(query)).toBeOneOf([200, 400])
    })
  }
})

conforms('what it refuses has the code and the trace that clients know', async () => {
  const { headers, errors } = await gateway().ask('{ product(id: "p1") { secret } }')
  expect(errors[0]?.extensions).toEqual({
    code: 'BAD_USER_INPUT',
    reason: 'OPERATION_INVALID',
    traceId: headers.get('x-trace-id'),
  })
})

conforms('__typename needs no introspection', async () => {
  const { data } = await gateway().ask('{ __typename product(id: "p1") { __typename } }')
  expect(data).toEqual({ __typename: 'Query', product: { __typename: 'Product' } })
})
