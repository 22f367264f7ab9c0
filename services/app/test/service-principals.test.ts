import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppFixture, aProduct, startApp } from './app-fixture.ts'

const CREATE = `mutation ($input: CreateProductInput!) {
  createProduct(input: $input) { product { id version createdBy { id } } }
}`
const DELETE = 'mutation ($input: DeleteProductInput!) { deleteProduct(input: $input) { deletedProductId } }'

type Created = { createProduct: { product: { id: string; version: number; createdBy: { id: string } } } }

let fixture: AppFixture
beforeAll(async () => {
  fixture = await startApp()
})
afterAll(() => fixture[Symbol.asyncDispose]())

describe('a service principal', () => {
  it('adds a product in its own name, with what it holds and no more', async () => {
    const service = await fixture.issuer.serviceWith('app:product:save')
    const { product } = dataOf(await fixture.send<Created>(CREATE, { input: aProduct() }, service)).createProduct
    expect(product.createdBy.id).toBe(service.userId)
    const { id, version } = product
    const { errors } = await fixture.send(DELETE, { input: { id, version } }, service)
    expect(errors[0]?.extensions.reason).toBe('PERMISSION_MISSING')
    expect((await auditedIn(fixture.database)).slice(-2)).toMatchObject([
      { actor: { kind: 'service', id: service.userId }, action: 'app:product:save', outcome: 'allowed' },
      { actor: { kind: 'service', id: service.userId }, action: 'app:product:delete', outcome: 'denied' },
    ])
  })

  it('that acts for a user adds a product in the name of the user, and the audit trail has both', async () => {
    const { userId: actingServiceId } = await fixture.issuer.serviceWith()
    const { userId } = fixture.member
    const permissions = ['app:product:save']
    const token = await fixture.issuer.sign({ sub: userId, permissions, act: { sub: actingServiceId } })
    const { product } = dataOf(await fixture.send<Created>(CREATE, { input: aProduct() }, { token })).createProduct
    expect(product.createdBy.id).toBe(userId)
    expect((await auditedIn(fixture.database)).at(-1)?.actor).toMatchObject({
      kind: 'user',
      id: userId,
      actingServiceId,
    })
  })
})
