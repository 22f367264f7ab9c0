import { expect, test } from 'vitest'
import { startGateway, type TestGateway } from './fixture.ts'

const nested = (levels: number) => `{ products ${'{ related '.repeat(levels)}{ id }${' }'.repeat(levels)} }`
const aliased = (count: number) =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: product(id: "p1") { id }`).join(' ')} }`
const aliasedInside = (count: number) =>
  `{ products { ${Array.from({ length: count }, (_, i) => `a${i}: name`).join(' ')} } }`
const long = (fields: number) => `{ products { ${'id '.repeat(fields)} } }`

/** The largest query of the web is about this wide; it must pass. */
const REAL = `
  query Products($first: String) {
    products(query: $first) { ...Row related { ...Row } }
    me { id name }
    one: product(id: "p1") { ...Row }
  }
  fragment Row on Product { id name seller { id name } }`

const refused = (what: RegExp) => ({
  status: 400,
  errors: [
    {
      message: expect.stringMatching(what),
      extensions: {
        code: 'BAD_USER_INPUT',
        reason: 'OPERATION_INVALID',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    },
  ],
})

const askedNothing = ({ shop, people }: TestGateway) => shop.requests.length + people.requests.length === 0

test.for([
  ['200 levels', nested(200), /levels/],
  ['1,000 aliases at the root', aliased(1_000), /tokens/],
  ['100 root fields', aliased(100), /fields at its root/],
  ['100 aliases', aliasedInside(100), /aliases/],
  ['10,000 tokens', long(10_000), /tokens/],
  ['two operations', 'query A { __typename } query B { __typename }', /one operation at a time/],
  ['a subscription', 'subscription { products { id } }', /There is no subscription/],
  ['a field that does not exist', '{ product(id: "p1") { secret } }', /Cannot query field/],
  ['a syntax error', '{ product(', /Syntax Error/],
  ['no operation at all', '', /Syntax Error/],
  [
    'a cycle of fragments',
    '{ products { ...A } } fragment A on Product { related { ...A } }',
    /Cannot spread fragment/,
  ],
  ['introspection', '{ __type(name: "Product") { name } }', /introspection has been disabled/],
] as const)('%s is refused with 400 before any service is asked', async ([, query, what]) => {
  await using gateway = await startGateway()
  const { status, errors, data } = await gateway.ask(query)
  expect({ status, errors: errors.slice(0, 1), data }).toMatchObject(refused(what))
  expect(data).toBeUndefined()
  expect(askedNothing(gateway)).toBe(true)
})

test.for([
  ['a variable is missing', {}],
  ['a variable has the wrong type', { id: { nested: [] } }],
] satisfies [string, object][])('%s: 400', async ([, variables]) => {
  await using gateway = await startGateway()
  const answer = await gateway.ask('query ($id: ID!) { product(id: $id) { id } }', { variables: { ...variables } })
  expect(answer).toMatchObject({ status: 400, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  expect(askedNothing(gateway)).toBe(true)
})

test('an operation name that is not in the text: 400', async () => {
  await using gateway = await startGateway()
  const answer = await gateway.ask('query A { __typename }', { body: { operationName: 'B' } })
  expect(answer).toMatchObject(refused(/There is no operation "B"/))
})

test('what an application asks passes', async () => {
  await using gateway = await startGateway()
  const answer = await gateway.ask(REAL, { body: { operationName: 'Products' } })
  expect(answer).toMatchObject({
    status: 200,
    errors: [],
    data: { me: { id: 'me' }, one: { seller: { name: 'Person u1' } } },
  })
  expect((await gateway.ask(aliased(20))).status).toBe(200)
})

test('introspection works where it is switched on', async () => {
  await using gateway = await startGateway({ isIntrospectionOn: true })
  const { data } = await gateway.ask('{ __schema { queryType { name } } }')
  expect(data).toEqual({ __schema: { queryType: { name: 'Query' } } })
})
