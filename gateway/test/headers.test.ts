import { expect, test } from 'vitest'
import { startGateway } from './fixture.ts'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'

test('a subgraph gets who calls, in which language and in which trace, and nothing else of the client', async () => {
  await using gateway = await startGateway()
  await gateway.ask('{ product(id: "p1") { id } }', {
    headers: {
      authorization: 'Bearer token',
      'accept-language': 'pt',
      traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
      cookie: 'session=secret',
      'x-user-id': 'administrator',
      'user-agent': 'a browser',
    },
  })
  const { headers } = gateway.shop.requests[0] ?? {}
  expect(Object.keys(headers ?? {}).sort()).toEqual([
    'accept',
    'accept-language',
    'authorization',
    'connection',
    'content-length',
    'content-type',
    'host',
    'traceparent',
    'user-agent',
    'x-forwarded-for',
  ])
  expect(headers).toMatchObject({ authorization: 'Bearer token', 'accept-language': 'pt' })
  expect(headers?.traceparent).toMatch(new RegExp(`^00-${TRACE_ID}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`))
})

test('without a trace one begins here; the answer names it', async () => {
  await using gateway = await startGateway()
  const { headers } = await gateway.ask('{ products { id seller { name } } }')
  const traceId = String(headers['x-trace-id'])
  expect(traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(gateway.shop.requests[0]?.headers.traceparent).toContain(traceId)
  expect(gateway.people.requests[0]?.headers.traceparent).toContain(traceId)
})

test('the address of the client is added at the end of X-Forwarded-For, behind what it claims itself', async () => {
  await using gateway = await startGateway()
  await gateway.ask('{ product(id: "p1") { id } }', { headers: { 'x-forwarded-for': '203.0.113.7' } })
  expect(gateway.shop.requests[0]?.headers['x-forwarded-for']).toBe('203.0.113.7, 127.0.0.1')
})

test('equal requests of different callers at the same time are not mixed up', async () => {
  await using gateway = await startGateway()
  const tokens = Array.from({ length: 20 }, (_, index) => `Bearer ${index}`)
  const answers = await Promise.all(
    tokens.map((authorization) => gateway.ask('{ me { name } }', { headers: { authorization } })),
  )
  expect(answers.map(({ data }) => data)).toEqual(tokens.map((name) => ({ me: { name } })))
  expect(gateway.people.requests).toHaveLength(20)
})

test('a client cannot steer where its operation goes by the extensions of the request', async () => {
  await using gateway = await startGateway()
  const extensions = { endpoint: 'http://127.0.0.1:1/', method: 'GET', headers: { 'x-user-id': 'administrator' } }
  const { data } = await gateway.ask('{ product(id: "p1") { name } }', { body: { extensions } })
  expect(data).toEqual({ product: { name: 'Lamp' } })
  expect(gateway.shop.requests[0]?.headers).not.toHaveProperty('x-user-id')
})
