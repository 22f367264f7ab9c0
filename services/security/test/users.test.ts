import { randomUUID } from 'node:crypto'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { groupStore } from '../src/group-store.ts'
import { ADMINISTRATORS } from '../src/groups.ts'
import { userId } from '../src/user.ts'
import { userStore } from '../src/user-store.ts'
import { newAdministrator as administratorOf, newPrincipal } from './machines-fixture.ts'
import { MEMBER_PERMISSIONS, type Person, REFRESH, type SecurityFixture, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
let ann: Person
let bob: Person
let administrator: { readonly token: string }
beforeAll(async () => {
  fixture = await startSecurity()
  ann = await fixture.newPerson()
  bob = await fixture.newPerson()
  administrator = await newAdministrator()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const CURRENT_USER = '{ currentUser { id displayName email permissions createdAt } }'
const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) { ... on User { id displayName email permissions createdAt } }
}`

type UserView = {
  id: string
  displayName: string
  email: string | null
  permissions: string[] | null
  createdAt: string
}

const join = (ids: readonly unknown[], actor?: { readonly token: string }) =>
  fixture.send<{ _entities: (UserView | null)[] }>(
    ENTITIES,
    { representations: ids.map((id) => ({ __typename: 'User', id })) },
    actor,
  )

const newAdministrator = async (): Promise<{ token: string }> => {
  const person = await fixture.newPerson()
  const member = { group_id: ADMINISTRATORS, user_id: userId.parse(person.userId) }
  await fixture.database.insertInto('group_members').values(member).execute()
  const answer = await fixture.send<{ refreshAccessToken: { session: { accessToken: string } } }>(REFRESH, {
    token: person.refreshToken,
  })
  return { token: dataOf(answer).refreshAccessToken.session.accessToken }
}

describe('what a service made', () => {
  it('was made by no user: null, without an error in the graph', async () => {
    const permissions = ['app:product:save']
    const { servicePrincipal } = await newPrincipal(fixture, await administratorOf(fixture), { permissions })
    const { data, errors } = await join([servicePrincipal.id, ann.userId], ann)
    expect(errors).toEqual([])
    expect(data?._entities[0]).toBeNull()
  })
})

describe('currentUser', () => {
  it('shows the whole account to its owner', async () => {
    const { currentUser } = dataOf(await fixture.send<{ currentUser: UserView }>(CURRENT_USER, {}, ann))
    expect(currentUser).toEqual({
      id: ann.userId,
      displayName: ann.displayName,
      email: ann.email,
      permissions: MEMBER_PERMISSIONS,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    })
  })

  it('is refused to whoever is not signed in', async () => {
    const { errors } = await fixture.send(CURRENT_USER)
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SIGN_IN_REQUIRED' })
  })

  it('is refused when the account is gone', async () => {
    const person = await fixture.newPerson()
    await fixture.database.deleteFrom('users').where('id', '=', userId.parse(person.userId)).execute()
    const { errors } = await fixture.send(CURRENT_USER, {}, person)
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' })
  })
})

describe('a user that another subgraph refers to', () => {
  it('is shown by name to members', async () => {
    const { data } = await fixture.send<{ _entities: { displayName: string }[] }>(
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { displayName } } }',
      { r: [{ __typename: 'User', id: bob.userId }] },
      ann,
    )
    expect(data?._entities).toEqual([{ displayName: bob.displayName }])
  })

  it('hides e-mail and rights from everybody but themself, and from nobody else anything', async () => {
    const { data, errors } = await join([bob.userId, ann.userId], ann)
    expect(data?._entities).toMatchObject([
      { id: bob.userId, displayName: bob.displayName, email: null, permissions: null },
      { id: ann.userId, email: ann.email, permissions: expect.any(Array) },
    ])
    expect(errors.map(({ path, extensions }) => [path?.map(String).join('.'), extensions.code])).toEqual([
      ['_entities.0.email', 'FORBIDDEN'],
      ['_entities.0.permissions', 'FORBIDDEN'],
    ])
    expect(JSON.stringify(errors)).not.toContain(bob.email)
  })

  it('hides nothing from administrators', async () => {
    const { _entities } = dataOf(await join([bob.userId], administrator))
    expect(_entities[0]).toMatchObject({ email: bob.email, permissions: expect.arrayContaining(['app:product:view']) })
  })

  it('is refused to whoever is not signed in', async () => {
    const { data, errors } = await join([bob.userId])
    expect(data?._entities).toEqual([null])
    expect(errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SIGN_IN_REQUIRED' })
  })

  it('is refused to whoever has lost the permission, but never the own account', async () => {
    const person = await fixture.newPerson()
    await fixture.database.deleteFrom('group_members').where('user_id', '=', userId.parse(person.userId)).execute()
    const answer = await fixture.send<{ refreshAccessToken: { session: { accessToken: string } } }>(REFRESH, {
      token: person.refreshToken,
    })
    const stripped = { token: dataOf(answer).refreshAccessToken.session.accessToken }
    const { data, errors } = await join([bob.userId, person.userId], stripped)
    expect(data?._entities).toMatchObject([null, { id: person.userId, email: person.email, permissions: [] }])
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })

  it('is null where there is nobody with such an id', async () => {
    const nobody = [randomUUID(), 'x', "' or 1=1 --", '', 'x'.repeat(10_000), 12, null, { id: 1 }, undefined]
    const { _entities } = dataOf(await join(nobody, ann))
    expect(_entities).toEqual(nobody.map(() => null))
  })

  it('is found by an id in capitals', async () => {
    const { _entities } = dataOf(await join([ann.userId.toUpperCase()], ann))
    expect(_entities[0]?.id).toBe(ann.userId)
  })

  it('costs one query for users and one for rights, however many are asked for', async () => {
    const people = [ann.userId, bob.userId, ann.userId, bob.userId, randomUUID()]
    const reads = [vi.spyOn(userStore, 'loadMany'), vi.spyOn(groupStore, 'loadRights')]
    const { _entities } = dataOf(await join(people, administrator))
    expect(_entities.map((user) => user?.id ?? null)).toEqual([...people.slice(0, 4), null])
    for (const read of reads) expect(read).toHaveBeenCalledTimes(1)
  })
})
