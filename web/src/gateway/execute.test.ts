import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ViewerDocument as viewer } from '#generated/graphql.ts'
import { execute } from './execute.ts'

const client = { 'x-forwarded-for': '203.0.113.7', 'user-agent': 'a browser' }
const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', accessToken: 'token', client }
const user = { id: '1', displayName: 'Ana', email: null, permissions: null }

beforeEach(() => {
  vi.stubEnv('WEB_GATEWAY_URL', 'http://127.0.0.1:4000/graphql')
  vi.stubEnv('WEB_ORIGIN', 'http://localhost:3000')
  vi.stubEnv('WEB_STORAGE_ORIGIN', 'http://127.0.0.1:9000')
  vi.stubEnv('WEB_COOKIE_PREFIX', 'neotool')
  vi.spyOn(console, 'log').mockImplementation(() => {})
})

afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
})

/** Lets the gateway answer this; gives the requests that it got. */
const gatewayAnswers = (body: unknown, status = 200) => {
  const answer = vi.fn(async (_: string, __: RequestInit) => Response.json(body, { status }))
  vi.stubGlobal('fetch', answer)
  return answer
}

test('sends token, trace and where the browser is, and gives the data', async () => {
  const requests = gatewayAnswers({ data: { currentUser: user } })
  expect(await execute(viewer, {}, caller)).toEqual({ ok: true, data: { currentUser: user } })
  const headers = new Headers(requests.mock.calls[0]?.[1].headers)
  expect(headers.get('authorization')).toBe('Bearer token')
  expect(headers.get('x-forwarded-for')).toBe('203.0.113.7')
  expect(headers.get('user-agent')).toBe('a browser')
  expect(headers.get('traceparent')).toMatch(new RegExp(`^00-${caller.traceId}-[0-9a-f]{16}-01$`))
})

test('an error of a root field is the problem, with its detail', async () => {
  gatewayAnswers({
    data: null,
    errors: [
      {
        message: 'It was changed.',
        path: ['updateProduct'],
        extensions: { code: 'CONFLICT', reason: 'PRODUCT_VERSION_STALE', traceId: 't1', current: { version: 2 } },
      },
    ],
  })
  expect(await execute(viewer, {}, caller)).toEqual({
    ok: false,
    problem: {
      code: 'CONFLICT',
      reason: 'PRODUCT_VERSION_STALE',
      message: 'It was changed.',
      traceId: 't1',
      fields: [],
      current: { version: 2 },
    },
  })
})

test('an error further down leaves the data usable', async () => {
  const error = { message: 'no', path: ['currentUser', 'email'], extensions: { code: 'SERVICE_UNAVAILABLE' } }
  gatewayAnswers({ data: { currentUser: user }, errors: [error] })
  expect(await execute(viewer, {}, caller)).toMatchObject({ ok: true })
})

test.each([
  ['a code that nobody knows', { errors: [{ message: 'x', extensions: { code: 'TEAPOT' } }] }, 'INTERNAL_SERVER_ERROR'],
  ['an error without extensions', { errors: [{ message: 'x' }] }, 'INTERNAL_SERVER_ERROR'],
  ['an answer without data', { data: null }, 'SERVICE_UNAVAILABLE'],
  ['an answer that is no GraphQL', ['?'], 'SERVICE_UNAVAILABLE'],
])('%s is a problem of the server', async (_, body, code) => {
  gatewayAnswers(body)
  expect(await execute(viewer, {}, caller)).toMatchObject({ ok: false, problem: { code, traceId: caller.traceId } })
})

test('a gateway that cannot be reached is an outage', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('fetch failed')))
  expect(await execute(viewer, {}, caller)).toMatchObject({ ok: false, problem: { code: 'SERVICE_UNAVAILABLE' } })
})
