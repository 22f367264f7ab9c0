import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { startGateway } from './fixture.ts'
import { startShop } from './subgraphs.ts'

const TRACE_ID = expect.stringMatching(/^[0-9a-f]{32}$/)

/** Fails a field as kit's services do. */
const failWith = (message: string, extensions: object) => () => {
  throw new GraphQLError(message, { extensions: { ...extensions } })
}

test('what belongs to two subgraphs is joined', async () => {
  await using gateway = await startGateway()
  const { status, data } = await gateway.ask('{ products { name seller { id name } } person(id: "u9") { name } }')
  expect({ status, data }).toEqual({
    status: 200,
    data: {
      products: [
        { name: 'Lamp', seller: { id: 'u1', name: 'Person u1' } },
        { name: 'Chair', seller: { id: 'u2', name: 'Person u2' } },
      ],
      person: { name: 'Person u9' },
    },
  })
})

test('the error of a service passes with all its extensions', async () => {
  const extensions = {
    code: 'CONFLICT',
    reason: 'PRODUCT_VERSION_STALE',
    traceId: 'f'.repeat(32),
    current: { id: 'p1', version: 3 },
    fields: [{ path: 'name', message: 'is too long' }],
  }
  const shop = startShop({}, { rename: failWith('Somebody changed it meanwhile.', extensions) })
  await using gateway = await startGateway({ shop })
  const answer = await gateway.ask('mutation { rename(id: "p1", name: "N") { id } }')
  expect(answer).toMatchObject({ status: 200, data: null })
  expect(answer.errors).toEqual([{ message: 'Somebody changed it meanwhile.', path: ['rename'], extensions }])
})

test.for([
  ['a bare error', {}],
  ['a code that is not ours', { code: 'DOWNSTREAM_SERVICE_ERROR', reason: 'X', traceId: 'x' }],
  ['no reason', { code: 'CONFLICT', traceId: 'x' }],
  ['no trace', { code: 'CONFLICT', reason: 'X' }],
] satisfies [string, object][])('an error that no service of ours formed is masked: %s', async ([, extensions]) => {
  const shop = startShop({ product: failWith('duplicate key value violates "users_email"', extensions) })
  await using gateway = await startGateway({ shop })
  const { data, errors } = await gateway.ask('{ product(id: "p1") { id } }')
  expect(data).toEqual({ product: null })
  expect(errors).toEqual([
    {
      message: expect.stringContaining('Something went wrong on our side'),
      path: ['product'],
      extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'INTERNAL', traceId: TRACE_ID },
    },
  ])
})

const unreachable = (service: string) => ({
  message: `The ${service} service cannot be reached now. Try again.`,
  extensions: { code: 'SERVICE_UNAVAILABLE', reason: 'SERVICE_UNREACHABLE', service, traceId: TRACE_ID },
})

test('while a service is down its own fields fail and the others come', async () => {
  await using gateway = await startGateway()
  await gateway.people.stop()
  const { status, data, errors } = await gateway.ask('{ products { name seller { name } } person(id: "u9") { name } }')
  expect(status).toBe(200)
  expect(data).toEqual({
    products: [
      { name: 'Lamp', seller: null },
      { name: 'Chair', seller: null },
    ],
    person: null,
  })
  expect(errors).toHaveLength(2)
  expect(errors).toEqual(
    expect.arrayContaining([
      { ...unreachable('security'), path: ['person'] },
      { ...unreachable('security'), path: ['products', 'seller'] },
    ]),
  )
})

test('a required field that cannot come makes its parent null, as GraphQL asks', async () => {
  await using gateway = await startGateway()
  await gateway.people.stop()
  const { status, data, errors } = await gateway.ask('{ products { name } me { name } }')
  expect({ status, data }).toEqual({ status: 200, data: null })
  expect(errors).toEqual([{ ...unreachable('security'), path: ['me'] }])
})

test.for([
  ['a page of a proxy', { status: 502, body: '<html>Bad Gateway</html>' }],
  ['nothing', { status: 200, body: '' }],
  ['JSON that is no answer', { status: 200, body: '{"message":"hello"}' }],
] as const)('a service that answers with %s counts as down', async ([, answer]) => {
  await using gateway = await startGateway()
  gateway.shop.answerWith = answer
  const { data, errors } = await gateway.ask('{ product(id: "p1") { id } person(id: "u1") { name } }')
  expect(data).toEqual({ product: null, person: { name: 'Person u1' } })
  expect(errors).toEqual([{ ...unreachable('app'), path: ['product'] }])
})

test('a service that refuses the caller with status 401 is heard', async () => {
  const error = {
    message: 'Sign in again.',
    extensions: { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED', traceId: 'x' },
  }
  await using gateway = await startGateway()
  gateway.shop.answerWith = { status: 401, body: JSON.stringify({ errors: [error] }) }
  const { errors } = await gateway.ask('{ product(id: "p1") { id } }')
  expect(errors).toEqual([{ ...error, path: ['product'] }])
})

test('a slow service is given up after the time limit, once; the others still come', async () => {
  const held = Promise.withResolvers<undefined>()
  await using gateway = await startGateway({
    shop: startShop({ product: () => held.promise }),
    subgraphTimeoutMs: 3_000,
  })
  const { data, errors } = await gateway.ask('{ product(id: "p1") { id } person(id: "u1") { name } }')
  held.resolve(undefined)
  expect(data).toEqual({ product: null, person: { name: 'Person u1' } })
  expect(errors).toEqual([
    {
      message: 'The app service did not answer within 3000 ms.',
      path: ['product'],
      extensions: { code: 'SERVICE_UNAVAILABLE', reason: 'SERVICE_TIMEOUT', service: 'app', traceId: TRACE_ID },
    },
  ])
  expect(gateway.shop.requests).toHaveLength(1)
})

test('a mutation whose service breaks off is not sent again', async () => {
  await using gateway = await startGateway()
  gateway.shop.answerWith = 'broken connection'
  const { errors } = await gateway.ask('mutation { rename(id: "p1", name: "N") { id } }')
  expect(errors).toEqual([{ ...unreachable('app'), path: ['rename'] }])
  expect(gateway.shop.requests).toHaveLength(1)
})
