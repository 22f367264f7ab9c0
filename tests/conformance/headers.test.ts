import { expect } from 'vitest'
import { conforms } from './conforms.ts'
import { useGateway } from './fixture.ts'

const gateway = useGateway()
const TRACE = '0af7651916cd43dd8448eb211c80319c'

conforms('a service gets who calls, in which language and with which program', async () => {
  const headers = { authorization: 'Bearer token', 'accept-language': 'pt', 'user-agent': 'a browser' }
  await gateway().ask('{ product(id: "p1") { seller { name } } }', { headers })
  expect(gateway().app.requests[0]?.headers).toMatchObject(headers)
  expect(gateway().security.requests[0]?.headers).toMatchObject(headers)
})

conforms('a service gets nothing else of the client, above all no cookie', async () => {
  const headers = { cookie: 'session=secret', 'x-user-id': 'administrator', baggage: 'user=administrator' }
  await gateway().ask('{ product(id: "p1") { id } }', { headers })
  const names = Object.keys(gateway().app.requests[0]?.headers ?? {})
  expect(names).toContain('content-type')
  for (const name of Object.keys(headers)) expect(names).not.toContain(name)
})

conforms('the trace of the client goes on with a span of the gateway', async () => {
  const headers = { traceparent: `00-${TRACE}-b7ad6b7169203331-01` }
  const answer = await gateway().ask('{ product(id: "p1") { seller { name } } }', { headers })
  expect(answer.headers.get('x-trace-id')).toBe(TRACE)
  for (const { requests } of [gateway().app, gateway().security]) {
    expect(requests[0]?.headers.traceparent).toMatch(new RegExp(`^00-${TRACE}-(?!b7ad6b7169203331)[0-9a-f]{16}-01$`))
  }
})

conforms('without a trace one begins here; the answer names it', async () => {
  const { headers } = await gateway().ask('{ products { id seller { name } } }')
  const traceId = headers.get('x-trace-id')
  expect(traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(gateway().app.requests[0]?.headers.traceparent).toContain(traceId)
  expect(gateway().security.requests[0]?.headers.traceparent).toContain(traceId)
})

conforms('what a proxy says of the address of the client goes on', async () => {
  await gateway().ask('{ product(id: "p1") { id } }', { headers: { 'x-forwarded-for': '203.0.113.7' } })
  expect(gateway().app.requests[0]?.headers['x-forwarded-for']).toMatch(/^203\.0\.113\.7\b/)
})

conforms('the address of the caller is added at the end of X-Forwarded-For', async () => {
  await gateway().ask('{ product(id: "p1") { id } }', { headers: { 'x-forwarded-for': '203.0.113.7' } })
  expect(gateway().app.requests[0]?.headers['x-forwarded-for']).toMatch(/^203\.0\.113\.7, .*127\.0\.0\.1$/)
})

conforms('equal requests of different callers at the same time are not mixed up', async () => {
  const tokens = Array.from({ length: 20 }, (_, index) => `Bearer ${index}`)
  const answers = await Promise.all(
    tokens.map((authorization) => gateway().ask('{ me { name } }', { headers: { authorization } })),
  )
  expect(answers.map(({ data }) => data)).toEqual(tokens.map((name) => ({ me: { name } })))
  expect(gateway().security.requests).toHaveLength(20)
})

conforms('a client cannot steer where its operation goes by the extensions of the request', async () => {
  const extensions = { endpoint: 'http://127.0.0.1:1/', method: 'GET', headers: { 'x-user-id': 'administrator' } }
  const { data } = await gateway().ask('{ product(id: "p1") { name } }', { body: { extensions } })
  expect(data).toEqual({ product: { name: 'Lamp' } })
  expect(gateway().app.requests[0]?.headers).not.toHaveProperty('x-user-id')
})
