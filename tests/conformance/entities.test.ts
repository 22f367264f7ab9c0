import { expect } from 'vitest'
import { conforms } from './conforms.ts'
import { useGateway } from './fixture.ts'

const gateway = useGateway()

conforms('what belongs to two services is joined', async () => {
  const { status, data, errors } = await gateway().ask(
    '{ products { name seller { id name } } person(id: "u9") { name } }',
  )
  expect({ status, data, errors }).toEqual({
    status: 200,
    data: {
      products: [
        { name: 'Lamp', seller: { id: 'u1', name: 'Person u1' } },
        { name: 'Chair', seller: { id: 'u2', name: 'Person u2' } },
        { name: 'Table', seller: { id: 'u1', name: 'Person u1' } },
      ],
      person: { name: 'Person u9' },
    },
    errors: [],
  })
})

/** Every key that was asked for, request by request. */
const askedFor = () =>
  gateway()
    .security.requests.map(({ variables }) => JSON.stringify(variables))
    .map((text) => [...text.matchAll(/"id":"(\w+)"/g)].map(([, id]) => id))

conforms('entities of a list are asked for together', async () => {
  await gateway().ask('{ products { seller { name } } }')
  expect(askedFor()).toHaveLength(1)
  expect([...new Set(askedFor()[0])].sort()).toEqual(['u1', 'u2'])
})

conforms('an entity that occurs twice is asked for once', async () => {
  await gateway().ask('{ products { seller { name } } }')
  expect(askedFor().flat().sort()).toEqual(['u1', 'u2'])
})

conforms('what is asked of one service alone goes to no other', async () => {
  await gateway().ask('{ products { name seller { id } } }')
  expect(gateway().security.requests).toEqual([])
})

conforms('null is an answer, not an error', async () => {
  const { data, errors } = await gateway().ask('{ product(id: "p9") { id } products { note } }')
  expect({ data, errors }).toEqual({
    data: { product: null, products: [{ note: null }, { note: null }, { note: null }] },
    errors: [],
  })
})

conforms('an entity that its service does not know is null', async () => {
  using _ = gateway().security.resolves({
    _entities: ({ representations }: { representations: unknown[] }) => representations.map(() => null),
  })
  const { data, errors } = await gateway().ask('{ products { id seller { name } } }')
  expect({ data, errors }).toEqual({
    data: { products: ['p1', 'p2', 'p3'].map((id) => ({ id, seller: null })) },
    errors: [],
  })
})

conforms('variables, aliases, fragments and directives mean what GraphQL says', async () => {
  const query = `query Pair($one: ID!, $isNamed: Boolean!) {
    first: product(id: $one) { ...Row }
    second: product(id: "p2") { ...Row seller @skip(if: true) { name } }
  }
  fragment Row on Product { key: id name @include(if: $isNamed) seller { called: name } }`
  const { data, errors } = await gateway().ask(query, { variables: { one: 'p1', isNamed: false } })
  expect({ data, errors }).toEqual({
    data: {
      first: { key: 'p1', seller: { called: 'Person u1' } },
      second: { key: 'p2', seller: { called: 'Person u2' } },
    },
    errors: [],
  })
})

conforms('the operation is chosen by its name only where there is one', async () => {
  const { data } = await gateway().ask('query One { product(id: "p1") { name } }', { body: { operationName: 'One' } })
  expect(data).toEqual({ product: { name: 'Lamp' } })
  const other = await gateway().ask('query One { product(id: "p1") { name } }', { body: { operationName: 'Two' } })
  expect(other.status).toBe(400)
})
