import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AppFixture, aCustomer, startApp } from './app-fixture.ts'

const FIELDS = 'id name email status version createdBy { id } createdAt updatedAt'
const CREATE = `mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { ${FIELDS} } } }`
const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { ${FIELDS} } } }`
const DELETE = 'mutation ($input: DeleteCustomerInput!) { deleteCustomer(input: $input) { deletedCustomerId } }'
const FIND = `query ($id: ID!) { customer(id: $id) { ${FIELDS} } }`
const LIST = `query ($first: Int, $after: String, $query: String, $orderBy: CustomerOrder) {
  customers(first: $first, after: $after, query: $query, orderBy: $orderBy) {
    totalCount edges { cursor node { id name email status } } pageInfo { hasNextPage endCursor }
  }
}`

type CustomerView = {
  id: string
  name: string
  email: string
  status: string
  version: number
  createdBy: { id: string }
}
type ListView = {
  totalCount: number
  edges: { node: CustomerView }[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

let fixture: AppFixture
beforeAll(async () => {
  fixture = await startApp()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const create = async (fields: Record<string, unknown> = {}): Promise<CustomerView> => {
  const { send, member } = fixture
  const answer = await send<{ createCustomer: { customer: CustomerView } }>(
    CREATE,
    { input: aCustomer(fields) },
    member,
  )
  return dataOf(answer).createCustomer.customer
}

const find = async (id: string): Promise<CustomerView | null> => {
  const { send, member } = fixture
  return dataOf(await send<{ customer: CustomerView | null }>(FIND, { id }, member)).customer
}

const list = async (variables: Record<string, unknown>): Promise<ListView> =>
  dataOf(await fixture.send<{ customers: ListView }>(LIST, variables, fixture.member)).customers

/** What the outbox holds of a customer, oldest first. */
const eventsOf = async (id: string) => {
  const rows = await fixture.database
    .selectFrom('outbox')
    .select(['topic', 'key', 'value'])
    .where('key', '=', id)
    .orderBy('position')
    .execute()
  return rows.map(({ topic, value }) => ({ topic, value: value as { type: string; data: Record<string, unknown> } }))
}

describe('createCustomer', () => {
  it('keeps what was given, PENDING where no status is, in the name of who added it', async () => {
    const customer = await create({ name: '  Ann Lee ', email: ' Ann.Lee@Customers.example ' })
    expect(customer).toMatchObject({
      name: 'Ann Lee',
      email: 'Ann.Lee@Customers.example',
      status: 'PENDING',
      version: 1,
    })
    expect(customer.createdBy.id).toBe(fixture.member.userId)
    expect(await find(customer.id)).toEqual(customer)
  })

  it('refuses an e-mail that differs from another one in case alone, without repeating it', async () => {
    await create({ email: 'twice@customers.example' })
    const { errors } = await fixture.send(
      CREATE,
      { input: aCustomer({ email: 'tWICE@customers.example' }) },
      fixture.member,
    )
    expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: 'CUSTOMER_EMAIL_TAKEN' })
    expect(errors[0]?.extensions.fields).toEqual([{ path: 'email', message: 'is in use by another customer' }])
    expect(JSON.stringify(errors)).not.toContain('customers.example')
  })

  it('names every faulty field at once', async () => {
    const { errors } = await fixture.send(CREATE, { input: { name: ' ', email: 'ann' } }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INPUT_INVALID' })
    expect(errors[0]?.extensions.fields?.map(({ path }) => path)).toEqual(['name', 'email'])
  })
})

describe('updateCustomer', () => {
  it('changes the given fields alone and counts the version up', async () => {
    const customer = await create()
    const input = { id: customer.id, version: 1, name: null, status: 'ACTIVE' }
    dataOf(await fixture.send(UPDATE, { input }, fixture.member))
    expect(await find(customer.id)).toMatchObject({ name: customer.name, status: 'ACTIVE', version: 2 })
  })

  it('answers a stale version with the customer as they are now, and changes nothing', async () => {
    const { id } = await create({ name: 'First' })
    dataOf(await fixture.send(UPDATE, { input: { id, version: 1, name: 'Second' } }, fixture.member))
    const { errors } = await fixture.send(UPDATE, { input: { id, version: 1, name: 'Third' } }, fixture.member)
    expect(errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      reason: 'CUSTOMER_VERSION_STALE',
      current: { id, name: 'Second', version: 2 },
    })
    expect(await find(id)).toMatchObject({ name: 'Second', version: 2 })
  })

  it('refuses the e-mail of another customer', async () => {
    const [one, other] = [await create(), await create()]
    const input = { id: one.id, version: 1, email: other.email.toUpperCase() }
    const { errors } = await fixture.send(UPDATE, { input }, fixture.member)
    expect(errors[0]?.extensions.reason).toBe('CUSTOMER_EMAIL_TAKEN')
  })
})

describe('deleteCustomer', () => {
  it('removes the customer for whoever may, and refuses a stale version', async () => {
    const { id } = await create()
    const administrator = await fixture.issuer.actorWith('app:customer:delete')
    const stale = await fixture.send(DELETE, { input: { id, version: 7 } }, administrator)
    expect(stale.errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', current: { version: 1 } })
    dataOf(await fixture.send(DELETE, { input: { id, version: 1 } }, administrator))
    expect(await find(id)).toBeNull()
  })
})

describe('events', () => {
  it('tell of every change by ids and a keyed hash, never by name or e-mail', async () => {
    const { id } = await create({ name: 'Zoë Quill', email: 'Zoe.Quill@customers.example' })
    const change = { id, version: 1, email: 'ZOE.QUILL@customers.example', name: 'Zoë Q.' }
    dataOf(await fixture.send(UPDATE, { input: change }, fixture.member))
    const administrator = await fixture.issuer.actorWith('app:customer:delete')
    dataOf(await fixture.send(DELETE, { input: { id, version: 2 } }, administrator))

    const events = await eventsOf(id)
    expect(events.map(({ value }) => value.type)).toEqual([
      'neotool.app.customer-created.v1',
      'neotool.app.customer-updated.v1',
      'neotool.app.customer-deleted.v1',
    ])
    expect(new Set(events.map(({ topic }) => topic))).toEqual(new Set(['neotool.app.customer']))
    expect(events[1]?.value.data).toMatchObject({ customerId: id, version: 2, changed: ['name', 'email'] })
    expect(new Set(events.map(({ value }) => value.data.emailHash)).size).toBe(1)
    expect(JSON.stringify(events)).not.toMatch(/zoë|zoe|quill/i)
  })
})

describe('customers', () => {
  it.each(['NAME', 'EMAIL', 'STATUS', 'CREATED_AT'])('by %s shows every customer once, page by page', async (field) => {
    const { database } = fixture
    await database.deleteFrom('customers').execute()
    const rows = Array.from({ length: 23 }, (_, index) => ({
      name: `${index % 2 === 0 ? 'ann' : 'ANN'} ${(index * 7) % 23}`,
      email: `ann.${index}@customers.example`,
      status: (['PENDING', 'ACTIVE', 'INACTIVE'] as const)[index % 3] ?? 'PENDING',
      created_by: fixture.member.userId,
    }))
    await database.insertInto('customers').values(rows).execute()
    const seen: string[] = []
    for (let after: string | null = null; ; ) {
      const { edges, pageInfo, totalCount } = await list({ first: 5, after, orderBy: { field, direction: 'DESC' } })
      expect(totalCount).toBe(23)
      seen.push(...edges.map(({ node }) => node.id))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(seen).toHaveLength(23)
    expect(new Set(seen).size).toBe(23)
  })

  it('finds parts of name and e-mail without regard to case, and takes wildcards literally', async () => {
    const { id } = await create({ name: 'Percy 100%', email: 'percy_x@customers.example' })
    for (const query of ['CY 100%', 'PERCY_X@']) {
      expect((await list({ query })).edges.map(({ node }) => node.id)).toEqual([id])
    }
    expect((await list({ query: 'ann_1' })).totalCount).toBe(0)
  })
})

describe('who may do what', () => {
  const id = '0199b000-0000-7000-8000-000000000000'
  const entity = `{ _entities(representations: [{ __typename: "Customer", id: "${id}" }]) { __typename } }`
  const operations: [string, string, object, string][] = [
    ['createCustomer', CREATE, { input: { name: 'a', email: 'a@b.example' } }, 'app:customer:save'],
    ['updateCustomer', UPDATE, { input: { id, version: 1 } }, 'app:customer:save'],
    ['deleteCustomer', DELETE, { input: { id, version: 1 } }, 'app:customer:delete'],
    ['customer', FIND, { id }, 'app:customer:view'],
    ['customers', '{ customers { totalCount } }', {}, 'app:customer:view'],
    ['_entities', entity, {}, 'app:customer:view'],
  ]
  const all = ['app:customer:view', 'app:customer:save', 'app:customer:delete', 'app:product:view', 'app:product:save']

  it.each(operations)('%s asks nobody in', async (_name, query, variables) => {
    const { errors } = await fixture.send(query, variables as Record<string, unknown>)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED'])
  })

  it.each(operations)('%s needs its own permission', async (_name, query, variables, permission) => {
    const actor = await fixture.issuer.actorWith(...all.filter((other) => other !== permission))
    const { errors } = await fixture.send(query, variables as Record<string, unknown>, actor)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })
})
