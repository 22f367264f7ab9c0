import { createLogger, createMetrics } from '@neotool/kit/telemetry'
import { userActor } from '@neotool/testkit/actors'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ANONYMOUS } from './auth.ts'
import { AppError, conflict, unauthenticated } from './errors.ts'
import { registerGraphql } from './graphql.ts'
import { createHttpServer, type HttpServer } from './http.ts'

const typeDefs = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])
  type Query {
    echo(text: String, times: Int): String
    node: Node!
    nodes(first: Int): [Node!]!
    fail(how: String!): String
    wrong: Int
  }
  type Mutation { save: String drop: String }
  type Node @key(fields: "id") { id: ID! node: Node nodes(first: Int, last: Int): [Node!]! }
`
const node = { id: '1', node: () => node, nodes: () => [node] }
const resolvers = {
  Node: { __resolveReference: () => node },
  Query: {
    echo: (_: unknown, { text }: { text: string }) => text,
    node: () => node,
    nodes: () => [node],
    wrong: () => 'not a number',
    fail: (_: unknown, { how }: { how: string }) => {
      if (how === 'conflict') throw conflict('STALE', 'Changed since.', { current: { version: 2 } })
      if (how === 'secret') throw new Error('select * from passwords failed at /srv/app/store.ts:12')
      throw new AppError({
        kind: 'unavailable',
        reason: 'DOWN',
        message: 'Later.',
        cause: new Error('10.0.0.7 refused'),
      })
    },
  },
  Mutation: { save: () => 'saved', drop: () => 'dropped' },
}

const log = createLogger({ service: 'test', level: 'silent' })
const start = async (isIntrospectionOn: boolean, verifiedEmailMutations?: readonly string[]): Promise<HttpServer> => {
  const metrics = createMetrics('test')
  const server = createHttpServer({ log, metrics, checks: {} })
  await registerGraphql(server.app, {
    typeDefs,
    resolvers,
    metrics,
    isIntrospectionOn,
    verifiedEmailMutations,
    recordDenial: async () => {},
    extendContext: (base) => base,
    authenticate: async (authorization) => {
      if (authorization === 'Bearer bad') throw unauthenticated('TOKEN_INVALID', 'The access token is not valid.')
      if (authorization === 'Bearer verified') return userActor({ isEmailVerified: true })
      if (authorization === 'Bearer unverified') return userActor({ isEmailVerified: false })
      if (authorization === 'Bearer service') return { kind: 'service', id: '1', permissions: [] }
      return ANONYMOUS
    },
  })
  return server
}

let app: FastifyInstance
beforeAll(async () => {
  app = (await start(false)).app
})
afterAll(() => app.close())

type Answer = { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] }
const send = async (payload: unknown, headers: Record<string, string> = {}) => {
  const response = await app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  })
  const body = response.json<Answer>()
  return { status: response.statusCode, headers: response.headers, body, error: body.errors?.[0]?.extensions }
}
const query = (text: string, variables?: object) => send({ query: text, variables })

describe('what is refused before it runs, as the fault of the client', () => {
  const deep = `{ ${'node { '.repeat(200)} id ${'} '.repeat(200)} }`
  const fragments = `{ node { ...a } } fragment a on Node { nodes(first: 100) { ...b } }
    fragment b on Node { nodes(first: 100) { ...c } } fragment c on Node { nodes(first: 100) { id } }`

  it.each([
    ['200 levels', deep],
    ['1,000 aliases', `{ ${Array.from({ length: 1_000 }, (_, i) => `a${i}: echo(text: "x")`).join(' ')} }`],
    ['100 aliases', `{ node { ${Array.from({ length: 100 }, (_, i) => `a${i}: id`).join(' ')} } }`],
    ['50 fields at the root', `{ ${'echo '.repeat(50)} }`],
    ['pages within pages', '{ nodes(first: 100) { nodes(first: 100) { nodes(last: 100) { id } } } }'],
    [
      'pages within pages whose size is a variable',
      'query ($n: Int) { nodes(first: $n) { nodes(first: $n) { nodes(first: $n) { id } } } }',
    ],
    ['pages within pages, hidden in fragments', fragments],
    ['a fragment that contains itself', '{ node { ...a } } fragment a on Node { node { ...a } }'],
    ['two operations', 'query a { echo } query b { node { id } }'],
    ['no GraphQL', '{ echo('],
    ['a field that does not exist', '{ password }'],
    ['a variable of the wrong type', 'query ($t: Int!) { echo(times: $t) }'],
    ['introspection', '{ __schema { types { name } } }'],
    ['introspection of one type', '{ __type(name: "Node") { name } }'],
    ['the SDL', '{ _service { sdl } }'],
  ])('%s', async (_what, text) => {
    // Three times: parsed, from the cache, and compiled.
    for (let round = 0; round < 3; round += 1) {
      const { status, body, error } = await query(text, { t: 'x', n: 100 })
      expect([status, error?.code], JSON.stringify(body)).toEqual([400, 'BAD_USER_INPUT'])
      expect(body.data ?? null).toBeNull()
    }
  })

  it.each([
    ['malformed JSON', '{"query": ', 400],
    ['10 MB', JSON.stringify({ query: `{ echo(text: "${'x'.repeat(10_000_000)}") }` }), 413],
    ['2 MB of brackets', JSON.stringify({ query: '{'.repeat(900_000) }), 400],
    ['no query', '{}', 400],
    ['a query that is no text', '{"query": 1}', 400],
    ['a syntax tree instead of text', JSON.stringify({ query: '{"kind":"Document","definitions":[]}' }), 400],
    ['a batch', '[{"query":"{ echo }"}]', 400],
    ['variables that are no object', '{"query":"{ echo }","variables":"x"}', 400],
    ['JSON that wants to be a prototype', '{"query":"{ echo }","__proto__":{"x":1}}', 400],
  ])('%s', async (_what, payload, expected) => {
    const { status, error } = await send(payload)
    expect([status, error?.code]).toEqual([expected, 'BAD_USER_INPUT'])
    expect(error?.traceId).toMatch(/^[0-9a-f]{32}$/)
  })

  it('a form, which a foreign page could send', async () => {
    const { status, error } = await send('query={echo}', { 'content-type': 'application/x-www-form-urlencoded' })
    expect([status, error?.code]).toEqual([415, 'BAD_USER_INPUT'])
  })

  it('a mutation by GET', async () => {
    const response = await app.inject({ method: 'GET', url: '/graphql?query=mutation{save}' })
    expect(response.statusCode).toBeGreaterThanOrEqual(400)
    expect(response.statusCode).toBeLessThan(500)
    expect(response.body).not.toContain('saved')
  })

  it('a bad token, even for what anonymous may do', async () => {
    const { status, error } = await send({ query: '{ echo(text: "x") }' }, { authorization: 'Bearer bad' })
    expect([status, error?.code, error?.reason]).toEqual([401, 'UNAUTHENTICATED', 'TOKEN_INVALID'])
  })
})

describe('entities', () => {
  it.each([1, 2, 3])('of a type that does not exist are the fault of the client, call %i', async () => {
    const { error } = await query('{ _entities(representations: [{ __typename: "Nope" }]) { __typename } }')
    expect([error?.code, error?.reason]).toEqual(['BAD_USER_INPUT', 'ENTITY_UNKNOWN'])
  })

  it('of a type that exists are resolved', async () => {
    const { body } = await query(
      '{ _entities(representations: [{ __typename: "Node", id: "1" }]) { ... on Node { id } } }',
    )
    expect(body).toEqual({ data: { _entities: [{ id: '1' }] } })
  })
})

describe('errors of resolvers', () => {
  it.each([1, 2, 3])('tell what is meant for the client, call %i', async () => {
    const { status, body, error, headers } = await query('{ fail(how: "conflict") }')
    expect([status, body.data, headers['cache-control']]).toEqual([200, { fail: null }, 'no-store'])
    expect(error).toMatchObject({ code: 'CONFLICT', reason: 'STALE', current: { version: 2 } })
  })

  it.each([1, 2, 3])('hide what nobody foresaw, call %i', async () => {
    const { status, body, error } = await query('{ fail(how: "secret") }')
    expect([status, error?.code]).toEqual([200, 'INTERNAL_SERVER_ERROR'])
    expect(JSON.stringify(body)).not.toMatch(/passwords|store\.ts|stack/)
  })

  it('keep the cause of a failed dependency to ourselves', async () => {
    const { body, error } = await query('{ fail(how: "down") }')
    expect(error?.code).toBe('SERVICE_UNAVAILABLE')
    expect(JSON.stringify(body)).not.toContain('10.0.0.7')
  })

  it.each([1, 2, 3])('take a value that does not fit the schema for our own fault, call %i', async () => {
    const { error } = await query('{ wrong }')
    expect(error?.code).toBe('INTERNAL_SERVER_ERROR')
  })
})

describe('traces', () => {
  const traceId = '0af7651916cd43dd8448eb211c80319c'

  it('go on with the one of the caller', async () => {
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` }
    const { headers: answered, error } = await send({ query: '{ fail(how: "conflict") }' }, headers)
    expect([answered['x-trace-id'], error?.traceId]).toEqual([traceId, traceId])
  })

  it.each(['', 'nonsense', `00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `ff-${traceId}-b7ad6b7169203331-01`])(
    'begin anew where the header is %s',
    async (traceparent) => {
      const { headers } = await send({ query: '{ echo }' }, { traceparent })
      expect(headers['x-trace-id']).toMatch(/^(?!0af76519)(?!0{32})[0-9a-f]{32}$/)
    },
  )
})

describe('with introspection on', () => {
  it('the schema and the SDL can be read', async () => {
    await using open = { ...(await start(true)), [Symbol.asyncDispose]: () => Promise.resolve() }
    const response = await open.app.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: '{ __schema { queryType { name } } _service { sdl } }' },
    })
    expect(response.json<Answer>().errors).toBeUndefined()
    await open.app.close()
  })
})

describe('metrics', () => {
  it('count root fields by outcome and never a name that a client chose', async () => {
    await query('query evilName { mine: fail(how: "conflict") }')
    const { body } = await app.inject('/metrics')
    expect(body).toMatch(/graphql_field_duration_seconds_count\{service="test",field="Query\.fail",outcome="conflict"/)
    expect(body).not.toMatch(/evilName|mine/)
  })
})

describe('a mutation that needs a verified e-mail', () => {
  it('is refused to a user without one, and only that one', async () => {
    const server = await start(false, ['save'])
    const mutate = async (name: string, who: string) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${who}` }
      const payload = { query: `mutation { ${name} }` }
      return (await server.app.inject({ method: 'POST', url: '/graphql', headers, payload })).json<Answer>()
    }
    const refused = await mutate('save', 'unverified')
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'EMAIL_NOT_VERIFIED' })
    expect(await mutate('drop', 'unverified')).toEqual({ data: { drop: 'dropped' } })
    for (const who of ['verified', 'service', 'nobody']) {
      expect(await mutate('save', who)).toEqual({ data: { save: 'saved' } })
    }
    await server.app.close()
  })

  it('is a mutation of the service, or the service does not start', async () => {
    await expect(start(false, ['save', 'svae', 'echo'])).rejects.toThrow(
      'VERIFIED_EMAIL_MUTATIONS: there is no mutation svae, echo',
    )
  })
})
