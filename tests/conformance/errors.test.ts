import { describe, expect } from 'vitest'
import { conforms } from './conforms.ts'
import { useGateway } from './fixture.ts'
import { failWith, TRACE_ID, unavailable } from './problems.ts'
import { person } from './subgraphs.ts'

const gateway = useGateway()

describe('an error of a service', () => {
  conforms('passes with its message, path and extensions', async () => {
    const extensions = {
      code: 'CONFLICT',
      reason: 'PRODUCT_VERSION_STALE',
      traceId: 'f'.repeat(32),
      current: { id: 'p1', version: 3 },
      fields: [{ path: 'name', message: 'is too long' }],
    }
    using _ = gateway().app.resolves({ rename: failWith('Somebody changed it meanwhile.', extensions) })
    const { status, data, errors } = await gateway().ask('mutation { rename(id: "p1", name: "N") { id } }')
    expect({ status, data }).toEqual({ status: 200, data: null })
    expect(errors).toEqual([
      { message: 'Somebody changed it meanwhile.', path: ['rename'], extensions: expect.objectContaining(extensions) },
    ])
  })

  conforms('leaves the fields beside it', async () => {
    const extensions = { code: 'FORBIDDEN', reason: 'PERMISSION_MISSING', traceId: 'f'.repeat(32) }
    using _ = gateway().app.resolves({ product: failWith('You may not see it.', extensions) })
    const { data, errors } = await gateway().ask(
      '{ product(id: "p1") { id } products { id } person(id: "u1") { name } }',
    )
    expect(data).toEqual({
      product: null,
      products: [{ id: 'p1' }, { id: 'p2' }, { id: 'p3' }],
      person: { name: 'Person u1' },
    })
    expect(errors).toEqual([
      { message: 'You may not see it.', path: ['product'], extensions: expect.objectContaining(extensions) },
    ])
  })

  conforms('about one entity of many has the path to it', async () => {
    const extensions = { code: 'NOT_FOUND', reason: 'PERSON_UNKNOWN', traceId: 'f'.repeat(32) }
    const name = failWith('There is no such person.', extensions)
    using _ = gateway().security.resolves({
      _entities: ({ representations }: { representations: { id: string }[] }) =>
        representations.map(({ id }) => (id === 'u2' ? { ...person(id), name } : person(id))),
    })
    const { data, errors } = await gateway().ask('{ products { id seller { name } } }')
    expect(data).toEqual({
      products: [
        { id: 'p1', seller: { name: 'Person u1' } },
        { id: 'p2', seller: null },
        { id: 'p3', seller: { name: 'Person u1' } },
      ],
    })
    expect(errors).toEqual([
      {
        message: 'There is no such person.',
        path: ['products', 1, 'seller', 'name'],
        extensions: expect.objectContaining(extensions),
      },
    ])
  })

  conforms('with status 401 is heard', async () => {
    const extensions = { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED', traceId: 'f'.repeat(32) }
    const body = JSON.stringify({ errors: [{ message: 'Sign in again.', extensions }] })
    using _ = gateway().app.answers({ status: 401, type: 'application/json', body })
    const { errors } = await gateway().ask('{ product(id: "p1") { id } }')
    expect(errors).toEqual([
      expect.objectContaining({ message: 'Sign in again.', extensions: expect.objectContaining(extensions) }),
    ])
  })
})

describe('what no service formed is masked', () => {
  for (const [what, extensions] of Object.entries({
    'a bare error': {},
    'an error with a code that is not ours': { code: 'DOWNSTREAM_SERVICE_ERROR', reason: 'X', traceId: 'x' },
    'an error without a reason': { code: 'CONFLICT', traceId: 'x' },
    'an error without a trace': { code: 'CONFLICT', reason: 'X' },
  })) {
    conforms(what, async () => {
      using _ = gateway().app.resolves({ product: failWith('duplicate key value violates "users_email"', extensions) })
      const { headers, data, errors } = await gateway().ask('{ product(id: "p1") { id } }')
      expect(data).toEqual({ product: null })
      expect(errors).toEqual([
        {
          message: expect.stringContaining('Something went wrong on our side'),
          path: ['product'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', reason: 'INTERNAL', traceId: headers.get('x-trace-id') },
        },
      ])
    })
  }
})

describe('a service that is down', () => {
  conforms('is named, and the fields of the others come', async () => {
    await using _ = await gateway().security.isDown()
    const { status, data, errors } = await gateway().ask(
      '{ products { name seller { name } } person(id: "u9") { name } }',
    )
    expect(status).toBe(200)
    expect(data).toEqual({
      products: [
        { name: 'Lamp', seller: null },
        { name: 'Chair', seller: null },
        { name: 'Table', seller: null },
      ],
      person: null,
    })
    expect(errors.length).toBeGreaterThan(0)
    for (const error of errors) expect(error).toMatchObject(unavailable('security'))
  })

  conforms('is named at the field that was asked of it', async () => {
    await using _ = await gateway().security.isDown()
    const { errors } = await gateway().ask('{ person(id: "u9") { name } }')
    expect(errors).toEqual([expect.objectContaining({ path: ['person'] })])
  })

  conforms('makes the parent of a required field null', async () => {
    await using _ = await gateway().security.isDown()
    const { status, data } = await gateway().ask('{ products { name } me { name } }')
    expect({ status, data }).toEqual({ status: 200, data: null })
  })

  for (const [what, answer] of Object.entries({
    'answers with a page of a proxy': { status: 502, type: 'text/html', body: '<html>Bad Gateway</html>' },
    'answers with nothing': { status: 200, type: 'application/json', body: '' },
    'answers with JSON that is no answer': { status: 200, type: 'application/json', body: '{"message":"hello"}' },
    'breaks the connection off': 'broken connection' as const,
  })) {
    conforms(`may be one that ${what}`, async () => {
      using _ = gateway().app.answers(answer)
      const { data, errors } = await gateway().ask('{ product(id: "p1") { id } person(id: "u1") { name } }')
      expect(data).toEqual({ product: null, person: { name: 'Person u1' } })
      expect(errors.length).toBeGreaterThan(0)
      for (const error of errors) expect(error).toMatchObject(unavailable('app'))
    })
  }

  conforms('is not asked a second time to change something', async () => {
    using _ = gateway().app.answers('broken connection')
    await gateway().ask('mutation { rename(id: "p1", name: "N") { id } }')
    expect(gateway().app.requests).toHaveLength(1)
  })

  conforms('is told with the trace of the request', async () => {
    await using _ = await gateway().security.isDown()
    const { headers, errors } = await gateway().ask('{ person(id: "u9") { name } }')
    expect(headers.get('x-trace-id')).toEqual(TRACE_ID)
    expect(errors[0]?.extensions.traceId).toBe(headers.get('x-trace-id'))
  })
})
