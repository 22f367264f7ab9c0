import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppFixture, aProduct, startApp } from './app-fixture.ts'

const FIELDS = 'id name sku priceCents stock version createdBy { id } createdAt updatedAt'
const CREATE = `mutation ($input: CreateProductInput!) { createProduct(input: $input) { product { ${FIELDS} } } }`
const UPDATE = `mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { product { ${FIELDS} } } }`
const DELETE = 'mutation ($input: DeleteProductInput!) { deleteProduct(input: $input) { deletedProductId } }'
const FIND = `query ($id: ID!) { product(id: $id) { ${FIELDS} } }`

type ProductView = {
  id: string
  name: string
  sku: string
  priceCents: number
  stock: number
  version: number
  createdBy: { id: string }
}

let fixture: AppFixture
beforeAll(async () => {
  fixture = await startApp()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const create = async (fields: Record<string, unknown> = {}): Promise<ProductView> => {
  const { send, member } = fixture
  const answer = await send<{ createProduct: { product: ProductView } }>(CREATE, { input: aProduct(fields) }, member)
  return dataOf(answer).createProduct.product
}

const find = async (id: string): Promise<ProductView | null> => {
  const { send, member } = fixture
  return dataOf(await send<{ product: ProductView | null }>(FIND, { id }, member)).product
}

describe('createProduct', () => {
  it('keeps what was given, in version 1, in the name of who added it', async () => {
    const product = await create({ name: '  Lamp, brass ', sku: 'abc-1', priceCents: 0, stock: 2_147_483_647 })
    expect(product).toMatchObject({ name: 'Lamp, brass', sku: 'ABC-1', priceCents: 0, version: 1 })
    expect(product.createdBy.id).toBe(fixture.member.userId)
    expect(await find(product.id)).toEqual(product)
  })

  it('refuses a SKU that differs from another one in case alone', async () => {
    await create({ sku: 'Twice' })
    const { errors } = await fixture.send(CREATE, { input: aProduct({ sku: 'tWICE' }) }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'PRODUCT_SKU_TAKEN' })
    expect(errors[0]?.extensions.fields).toEqual([{ path: 'sku', message: 'is in use by another product' }])
  })

  it('names every faulty field at once', async () => {
    const input = { name: '   ', sku: 'no blanks', priceCents: -1, stock: -2 }
    const { errors } = await fixture.send(CREATE, { input }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INPUT_INVALID' })
    expect(errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual(['name', 'sku', 'priceCents', 'stock'])
  })

  it.each([
    ['a line break', 'Lamp\nadmin: true'],
    ['a NUL', 'Lamp\u0000'],
    ['201 characters', 'x'.repeat(201)],
  ])('refuses a name with %s', async (_what, name) => {
    const { errors } = await fixture.send(CREATE, { input: aProduct({ name }) }, fixture.member)
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })

  it('does not let a client set what is not its to set', async () => {
    const input = { ...aProduct(), createdBy: 'somebody-else', version: 99 }
    const { status, errors } = await fixture.send(CREATE, { input }, fixture.member)
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'BAD_USER_INPUT'])
  })
})

describe('updateProduct', () => {
  it('changes the given fields alone and counts the version up', async () => {
    const product = await create({ stock: 3 })
    const input = { id: product.id, version: 1, name: null, stock: 2 }
    dataOf(await fixture.send(UPDATE, { input }, fixture.member))
    expect(await find(product.id)).toMatchObject({ name: product.name, stock: 2, version: 2 })
  })

  it('answers a stale version with the product as it is now, and changes nothing', async () => {
    const { id } = await create({ name: 'First' })
    dataOf(await fixture.send(UPDATE, { input: { id, version: 1, name: 'Second' } }, fixture.member))
    const { data, errors } = await fixture.send(UPDATE, { input: { id, version: 1, name: 'Third' } }, fixture.member)
    expect(data).toBeNull()
    expect(errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'PRODUCT_VERSION_STALE',
      current: { id, name: 'Second', version: 2 },
    })
    expect(await find(id)).toMatchObject({ name: 'Second', version: 2 })
  })

  it('lets exactly one of twenty changes of the same version win', async () => {
    const { id } = await create({ stock: 0 })
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, stock) =>
        fixture.send(UPDATE, { input: { id, version: 1, stock: stock + 1 } }, fixture.member),
      ),
    )
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1)
    const refused = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code))
    expect(new Set(refused)).toEqual(new Set(['CONFLICT']))
    expect(await find(id)).toMatchObject({ version: 2 })
  })

  it('says NOT_FOUND for a product that is gone', async () => {
    const input = { id: '0199b000-0000-7000-8000-000000000000', version: 1 }
    const { errors } = await fixture.send(UPDATE, { input }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', reason: 'PRODUCT_NOT_FOUND' })
  })
})

describe('deleteProduct', () => {
  it('removes the product', async () => {
    const { id } = await create()
    dataOf(await fixture.send(DELETE, { input: { id, version: 1 } }, fixture.member))
    expect(await find(id)).toBeNull()
  })

  it('refuses a stale version and keeps the product', async () => {
    const { id } = await create()
    dataOf(await fixture.send(UPDATE, { input: { id, version: 1, stock: 9 } }, fixture.member))
    const { errors } = await fixture.send(DELETE, { input: { id, version: 1 } }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', current: { version: 2 } })
    expect(await find(id)).toMatchObject({ stock: 9 })
  })
})

describe('who may do what', () => {
  const id = '0199b000-0000-7000-8000-000000000000'
  const operations: [string, string, object, string][] = [
    ['createProduct', CREATE, { input: { name: 'a', sku: 'A', priceCents: 1 } }, 'app:product:save'],
    ['updateProduct', UPDATE, { input: { id, version: 1 } }, 'app:product:save'],
    ['deleteProduct', DELETE, { input: { id, version: 1 } }, 'app:product:delete'],
    ['product', FIND, { id }, 'app:product:view'],
    ['products', '{ products { totalCount } }', {}, 'app:product:view'],
    ['_entities', `{ _entities(representations: [{ __typename: "Product", id: "${id}" }]) { __typename } }`, {}, ''],
  ]

  it.each(operations)('%s asks nobody in', async (_name, query, variables) => {
    const { errors } = await fixture.send(query, variables as Record<string, unknown>)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED'])
  })

  it.each(operations)('%s needs its own permission', async (_name, query, variables, permission) => {
    const all = ['app:product:view', 'app:product:save', 'app:product:delete', 'security:user:view']
    const others = all.filter((other) => other !== (permission || 'app:product:view'))
    const actor = await fixture.issuer.actorWith(...others)
    const { errors } = await fixture.send(query, variables as Record<string, unknown>, actor)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })
})

describe('entities', () => {
  it('resolves references in one query of the database, null for what is gone', async () => {
    const products = await Promise.all([create(), create(), create()])
    const representations = [...products.map(({ id }) => id), '0199b000-0000-7000-8000-000000000000'].map((id) => ({
      __typename: 'Product',
      id,
    }))
    const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { name } } }'
    const answer = await fixture.send<{ _entities: unknown[] }>(query, { r: representations }, fixture.member)
    expect(dataOf(answer)._entities).toEqual([...products.map(({ name }) => ({ name })), null])
  })
})
