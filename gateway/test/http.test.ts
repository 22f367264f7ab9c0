import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startGateway, type TestGateway } from './fixture.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const post = (payload: string | Buffer, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  gateway.app.inject({ method: 'POST', url: '/graphql', headers, payload })

describe('a body that is no operation is the fault of the client, in the form of GraphQL errors', () => {
  test.for([
    ['malformed JSON', '{"query": "{ __typename }', 400],
    ['JSON that is no object', '"{ __typename }"', 400],
    ['no query', '{}', 400],
    ['a query that is no text', '{"query": {"kind": "Document"}}', 400],
    ['variables that are no object', '{"query": "{ __typename }", "variables": [1]}', 400],
    ['a batch', '[{"query": "{ __typename }"}, {"query": "{ __typename }"}]', 400],
    ['a prototype', '{"query": "{ __typename }", "__proto__": {"x": 1}}', 400],
    ['10 MB', JSON.stringify({ query: `# ${'x'.repeat(10_000_000)}` }), 413],
  ] as const)('%s', async ([, body, status]) => {
    const response = await post(body)
    expect(response.statusCode).toBe(status)
    expect(response.json()).toEqual({
      errors: [
        {
          message: expect.any(String),
          extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', traceId: response.headers['x-trace-id'] }),
        },
      ],
    })
  })

  // A form of another site can send these without a preflight.
  test.for([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/graphql',
  ])('the content type %s', async (type) => {
    const response = await post('{"query": "{ __typename }"}', { 'content-type': type })
    expect(response.statusCode).toBeOneOf([400, 415])
    expect(response.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] })
  })
})

test('nothing can be executed by GET', async () => {
  const query = encodeURIComponent('mutation { rename(id: "p1", name: "N") { id } }')
  for (const accept of ['application/json', 'text/html']) {
    const response = await gateway.app.inject({ url: `/graphql?query=${query}`, headers: { accept } })
    expect(response.statusCode).toBe(405)
    expect(response.headers.allow).toBe('POST')
  }
  expect(gateway.shop.requests).toEqual([])
})

test('the page for trying operations out is there only with introspection', async () => {
  await using open = await startGateway({ isIntrospectionOn: true })
  const page = await open.app.inject({ url: '/graphql', headers: { accept: 'text/html' } })
  expect(page.statusCode).toBe(200)
  expect(page.body).toContain('<title>Neotool</title>')
  // It must work without a network: nothing in it is loaded from elsewhere.
  expect(page.body).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/)
})

describe('another origin', () => {
  const preflight = (origin: string) =>
    gateway.app.inject({
      method: 'OPTIONS',
      url: '/graphql',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    })

  test('on the list may call, without cookies', async () => {
    const { headers } = await preflight('http://localhost:3000')
    expect(headers).toMatchObject({
      'access-control-allow-origin': 'http://localhost:3000',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization, content-type, traceparent',
    })
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
  })

  test('on the list can read an error as well', async () => {
    const response = await post('{', { 'content-type': 'application/json', origin: 'http://localhost:3000' })
    expect(response.statusCode).toBe(400)
    expect(response.headers['access-control-allow-origin']).toBe('http://localhost:3000')
  })

  test.for(['http://localhost:3001', 'https://localhost:3000', 'http://localhost:3000.example.org', 'null'])(
    '%s may not',
    async (origin) => {
      expect((await preflight(origin)).headers).not.toHaveProperty('access-control-allow-origin')
    },
  )
})

test('readiness tells of a service that is down, and is not lost by it', async () => {
  await using own = await startGateway()
  await own.people.stop()
  // What it asks of a service has a second and a half.
  await vi.waitFor(
    async () => {
      const response = await own.app.inject('/health/ready')
      expect(response.statusCode).toBe(200)
      expect(response.json()).toEqual({
        status: 'ok',
        checks: {
          supergraph: { status: 'ok' },
          app: { status: 'ok' },
          security: { status: 'failed', detail: expect.any(String) },
        },
      })
    },
    { timeout: 60_000 },
  )
})

test('metrics count operations by type and outcome, and what was asked of each service', async () => {
  await using own = await startGateway()
  await own.ask('{ products { id } }')
  await own.ask('mutation { rename(id: "p1", name: "N") { id } }')
  await own.ask('{ nonsense }')
  await own.people.stop()
  await own.ask('{ products { id seller { name } } }')
  const { body } = await own.app.inject('/metrics')
  const count = (series: string) => Number(new RegExp(`^neotool_gateway_${series} (\\d+)$`, 'm').exec(body)?.[1])
  const operations = (type: string, outcome: string) =>
    count(`graphql_operation_duration_seconds_count\\{service="gateway",type="${type}",outcome="${outcome}"\\}`)
  const asked = (subgraph: string, outcome: string) =>
    count(`subgraph_request_duration_seconds_count\\{service="gateway",subgraph="${subgraph}",outcome="${outcome}"\\}`)
  expect(operations('query', 'ok')).toBe(1)
  expect(operations('mutation', 'ok')).toBe(1)
  expect(operations('unknown', 'refused')).toBe(1)
  expect(operations('query', 'partial')).toBe(1)
  expect(asked('app', 'ok')).toBe(3)
  expect(asked('security', 'unreachable')).toBe(1)
})
