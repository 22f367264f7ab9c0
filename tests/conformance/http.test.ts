import { describe, expect } from 'vitest'
import { conforms } from './conforms.ts'
import { ORIGIN } from './engines.ts'
import { useGateway } from './fixture.ts'

const gateway = useGateway()
const json = { 'content-type': 'application/json' }

const post = (body: string, headers: Readonly<Record<string, string>> = json) =>
  fetch(gateway().url, { method: 'POST', headers, body })

conforms('it lives', async () => {
  const response = await fetch(new URL('/health/live', gateway().url))
  expect(response.status).toBe(200)
})

conforms('nothing is executed by GET', async () => {
  for (const query of ['{ product(id: "p1") { id } }', 'mutation { rename(id: "p1", name: "N") { id } }']) {
    for (const headers of [json, { accept: 'text/html' }]) {
      const response = await fetch(`${gateway().url}?query=${encodeURIComponent(query)}`, { headers })
      expect(response.status).toBeOneOf([400, 405, 406])
    }
  }
  expect(gateway().app.requests).toEqual([])
})

describe('a body that is no operation is the fault of the client', () => {
  for (const [what, body] of Object.entries({
    'malformed JSON': '{"query": "{ __typename }',
    'JSON that is no object': '"{ __typename }"',
    'no query': '{}',
    'a query that is no text': '{"query": {"kind": "Document"}}',
    'variables that are no object': '{"query": "{ __typename }", "variables": [1]}',
    'a batch': '[{"query": "{ __typename }"}, {"query": "{ __typename }"}]',
  })) {
    conforms(what, async () => {
      const response = await post(body)
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ errors: [{ message: expect.any(String) }] })
    })
  }

  conforms('2 MB', async () => {
    expect((await post(JSON.stringify({ query: `# ${'x'.repeat(2_000_000)}` }))).status).toBe(413)
  })

  // A form of another site can send these without a preflight.
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
    conforms(`the content type ${type}`, async () => {
      const response = await post('{"query": "mutation { rename(id: \\"p1\\", name: \\"N\\") { id } }"}', {
        'content-type': type,
      })
      expect(response.status).toBeOneOf([400, 415])
      expect(gateway().app.requests).toEqual([])
    })
  }
})

describe('another origin', () => {
  const preflight = (origin: string) =>
    fetch(gateway().url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    })

  conforms('on the list may call, without cookies', async () => {
    const { headers } = await preflight(ORIGIN)
    expect(headers.get('access-control-allow-origin')).toBe(ORIGIN)
    expect(headers.get('access-control-allow-methods')).toBe('POST')
    expect(headers.get('access-control-allow-headers')?.split(/, ?/)).toContain('authorization')
    expect(headers.get('access-control-allow-credentials')).toBeNull()
  })

  conforms('on the list can read an error, and the trace', async () => {
    const response = await post('{"query": "{ nonsense }"}', { ...json, origin: ORIGIN })
    expect(response.status).toBe(400)
    expect(response.headers.get('access-control-allow-origin')).toBe(ORIGIN)
    expect(response.headers.get('access-control-expose-headers')).toBe('x-trace-id')
  })

  for (const origin of ['http://localhost:3001', 'https://localhost:3000', `${ORIGIN}.example.org`, 'null']) {
    conforms(`${origin} may not`, async () => {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull()
    })
  }
})
