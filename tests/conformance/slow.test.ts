import { expect } from 'vitest'
import { conforms } from './conforms.ts'
import { useGateway } from './fixture.ts'
import { unavailable } from './problems.ts'

const gateway = useGateway()

conforms('a slow service is given up after 10 s, once; the others still come', async () => {
  const held = Promise.withResolvers<undefined>()
  using _ = gateway().app.resolves({ product: () => held.promise })
  const begin = Date.now()
  const { status, data, errors } = await gateway().ask('{ product(id: "p1") { id } person(id: "u1") { name } }')
  held.resolve(undefined)
  expect(Date.now() - begin).toBeGreaterThan(9_000)
  expect({ status, data }).toEqual({ status: 200, data: { product: null, person: { name: 'Person u1' } } })
  expect(errors).toEqual([expect.objectContaining(unavailable('app', 'SERVICE_TIMEOUT'))])
  expect(gateway().app.requests).toHaveLength(1)
})
