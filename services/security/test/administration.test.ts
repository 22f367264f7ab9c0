import { randomUUID } from 'node:crypto'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATORS, MEMBERS } from '../src/groups.ts'
import { ADMINISTRATOR, MEMBER } from '../src/roles.ts'
import { type Administered, type Administration, administration } from './administration-fixture.ts'
import { type Person, type SecurityFixture, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
let admin: Administration
let administrator: Person
let member: Person
beforeAll(async () => {
  fixture = await startSecurity()
  admin = administration(fixture)
  administrator = await admin.administrator()
  member = await fixture.newPerson()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const MINUTE = 60_000

describe.each([
  ['group', 'createGroup', 'updateGroup', 'deleteGroup', 'groups', [ADMINISTRATORS, MEMBERS]],
  ['role', 'createRole', 'updateRole', 'deleteRole', 'roles', [ADMINISTRATOR, MEMBER]],
] as const)('a %s', (what, create, update, remove, _list, base) => {
  const code = what.toUpperCase()
  const make = (name: string = randomUUID()) => admin.done(create, { name }, administrator)

  it('is added with nothing in it', async () => {
    const name = `Ops ${randomUUID()}`
    expect(await admin.done(create, { name: ` ${name} `, description: ' On call ' }, administrator)).toMatchObject({
      name,
      description: 'On call',
      version: 1,
      builtIn: false,
    })
  })

  it('has a name of its own, whatever its capitals', async () => {
    await make(`Crew of ${what}`)
    for (const name of [`Crew of ${what}`, `CREW of ${what}`]) {
      const { errors } = await admin.send(create, { name }, administrator)
      expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', reason: `${code}_NAME_TAKEN` })
    }
    const other = await make()
    const change = { id: other.id, version: 1, name: `crew OF ${what}` }
    expect(await admin.refusal(update, change, administrator)).toBe(`${code}_NAME_TAKEN`)
  })

  it('is changed by whoever knows its version, and told as it is to the others', async () => {
    const { id } = await make()
    const name = `Night shift ${randomUUID()}`
    expect(await admin.done(update, { id, version: 1, name }, administrator)).toMatchObject({ name, version: 2 })
    const { errors } = await admin.send(update, { id, version: 1, description: 'x' }, administrator)
    expect(errors[0]?.extensions).toMatchObject({
      code: 'CONFLICT',
      reason: `${code}_VERSION_STALE`,
      current: { id, name, version: 2 },
    })
    expect(await admin.refusal(remove, { id, version: 1 }, administrator)).toBe(`${code}_VERSION_STALE`)
    expect(await admin.done(remove, { id, version: 2 }, administrator)).toBe(id)
    expect(await admin.refusal(remove, { id, version: 2 }, administrator)).toBe(`${code}_NOT_FOUND`)
  })

  it('takes only one of two changes that were made at once', async () => {
    const { id } = await make()
    const change = (description: string, through: SecurityFixture['send']) =>
      admin.send(update, { id, version: 1, description }, administrator, through)
    const answers = await Promise.all([change('one', fixture.send), change('other', fixture.replica)])
    expect(answers.map(({ errors }) => errors[0]?.extensions.reason).toSorted()).toEqual([
      `${code}_VERSION_STALE`,
      undefined,
    ])
  })

  it('that belongs to every installation stays', async () => {
    for (const id of base) expect(await admin.refusal(remove, { id, version: 1 }, administrator)).toBe(`BASE_${code}`)
  })

  it.each([
    ['no name', { name: '  ' }],
    ['an endless name', { name: 'x'.repeat(101) }],
    ['a line break in the name', { name: 'a\nb' }],
    ['an endless description', { name: 'x', description: 'x'.repeat(301) }],
  ])('with %s is refused', async (_what, input) => {
    expect(await admin.refusal(create, input, administrator)).toBe('INPUT_INVALID')
  })

  it.each(['id', 'version', 'builtIn', 'members', 'permissions', 'roles', 'createdAt'])(
    'takes no %s from whoever adds it',
    async (field) => {
      const { data, errors } = await admin.send(create, { name: randomUUID(), [field]: 1 }, administrator)
      expect(data).toBeNull()
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    },
  )
})

describe('every change', () => {
  const id = randomUUID()
  const CHANGES: readonly (readonly [Administered, Readonly<Record<string, unknown>>])[] = [
    ['createGroup', { name: 'x' }],
    ['updateGroup', { id, version: 1 }],
    ['deleteGroup', { id, version: 1 }],
    ['createRole', { name: 'x' }],
    ['updateRole', { id, version: 1 }],
    ['deleteRole', { id, version: 1 }],
    ['assignGroupToUser', { groupId: id, userId: id }],
    ['removeGroupFromUser', { groupId: id, userId: id }],
    ['assignRoleToGroup', { groupId: id, roleId: id }],
    ['removeRoleFromGroup', { groupId: id, roleId: id }],
    ['assignPermissionToRole', { roleId: id, permission: 'app:product:view' }],
    ['removePermissionFromRole', { roleId: id, permission: 'app:product:view' }],
    ['enableUser', { id }],
    ['disableUser', { id }],
    ['updateUser', { id, version: 1 }],
  ]

  it.each(CHANGES)('%s is refused to strangers and members, and told to the audit log', async (mutation, input) => {
    expect(await admin.refusal(mutation, input, undefined)).toBe('SIGN_IN_REQUIRED')
    expect(await admin.refusal(mutation, input, member)).toBe('PERMISSION_MISSING')
    const [last] = await audited()
    expect(last).toMatchObject({ actor: { id: member.userId }, outcome: 'denied' })
  })

  it.each(CHANGES)('%s needs a proof of identity of the last five minutes', async (mutation, input) => {
    const person = await admin.administrator()
    fixture.advance(5 * MINUTE + 1_000)
    try {
      expect(await admin.refusal(mutation, input, person)).toBe('STEP_UP_REQUIRED')
    } finally {
      fixture.advance(-5 * MINUTE - 1_000)
    }
  })

  it('is kept in the audit log with whom it was about', async () => {
    const { groupId } = await admin.groupWith()
    await admin.done('assignGroupToUser', { groupId, userId: member.userId }, administrator)
    const [last] = await audited()
    expect(last).toMatchObject({
      actor: { id: administrator.userId },
      action: 'security:group:assign',
      resource: { id: groupId, attributes: { user: { __entity: { type: 'User', id: member.userId } } } },
      outcome: 'allowed',
      policyIds: ['group-assign'],
    })
  })

  it('is refused to whoever has lost the right though their token has it', async () => {
    const former = await admin.administrator()
    await admin.done('removeGroupFromUser', { groupId: ADMINISTRATORS, userId: former.userId }, administrator)
    expect(await admin.refusal('createGroup', { name: randomUUID() }, former)).toBe('PERMISSION_MISSING')
  })

  type Audited = { actor: object; action: string; resource: object; outcome: string }
  const audited = async (): Promise<Audited[]> => {
    const rows = await fixture.database
      .selectFrom('outbox')
      .select('value')
      .where('topic', '=', 'neotool.security.audit')
      .orderBy('position', 'desc')
      .limit(1)
      .execute()
    return rows.map(({ value }) => (value as { data: Audited }).data)
  }
})

describe('updateUser', () => {
  it('changes the name, and neither e-mail nor password nor rights', async () => {
    const person = await fixture.newPerson()
    const change = { id: person.userId, version: 1, displayName: 'Bea', locale: 'PT' }
    expect(await admin.done('updateUser', change, administrator)).toMatchObject({ displayName: 'Bea', version: 2 })
    expect(await admin.refusal('updateUser', change, administrator)).toBe('USER_VERSION_STALE')
    for (const field of ['email', 'password', 'passwordHash', 'permissions', 'disabled', 'emailVerified', 'groupIds']) {
      const { errors } = await admin.send('updateUser', { ...change, version: 2, [field]: 'x' }, administrator)
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
  })

  it('does not tell an e-mail with a stale version', async () => {
    const { errors } = await admin.send('updateUser', { id: member.userId, version: 9 }, administrator)
    expect(errors[0]?.extensions.current).toEqual({ displayName: member.displayName, locale: 'EN', version: 1 })
    expect(JSON.stringify(errors)).not.toContain(member.email)
  })
})

describe('what somebody sees', () => {
  const NESTED = `{ group(id: "${MEMBERS}") { name
    members(first: 5) { edges { node { user { email memberships { group { name } } } } } } roles { name permissions { name } groups { name } } } }`

  it('is all for an administrator, in nested paths too', async () => {
    const { group } = dataOf(await fixture.send<{ group: Record<string, unknown> }>(NESTED, {}, administrator))
    expect(group).toMatchObject({
      name: 'Members',
      members: {
        edges: expect.arrayContaining([
          { node: { user: { email: expect.any(String), memberships: expect.anything() } } },
        ]),
      },
      roles: [{ name: 'Member', permissions: expect.any(Array), groups: [{ name: 'Members' }] }],
    })
  })

  it('is not who the members are, nor the roles, for whoever sees groups alone', async () => {
    const viewer = await admin.personWith(['security:group:view'])
    const { data, errors } = await fixture.send<{ group: Record<string, unknown> }>(NESTED, {}, viewer)
    expect(data?.group).toEqual({ name: 'Members', members: null, roles: null })
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN', 'FORBIDDEN'])
  })

  it('are the own memberships alone for members', async () => {
    const ask = (id: string) =>
      fixture.send<{ user: { memberships: unknown } | null }>(
        `{ user(id: "${id}") { displayName memberships { endsAt group { name } } } }`,
        {},
        member,
      )
    expect(dataOf(await ask(member.userId)).user?.memberships).toContainEqual({
      endsAt: null,
      group: { name: 'Members' },
    })
    const { data, errors } = await ask(administrator.userId)
    expect(data?.user?.memberships).toBeNull()
    expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it.each(['memberships { joinedAt }', 'disabled', 'email', 'permissions'])(
    'of another user, as an entity, is not %s',
    async (field) => {
      const { data, errors } = await fixture.send(
        `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { id ${field} } } }`,
        { r: [{ __typename: 'User', id: administrator.userId }] },
        member,
      )
      expect(data).toEqual({ _entities: [{ id: administrator.userId, [field.split(' ')[0] ?? '']: null }] })
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
    },
  )

  it.each(['users', 'groups', 'roles', 'permissions'])('are no %s for members and strangers', async (list) => {
    const query = `{ ${list} { totalCount } }`
    expect((await fixture.send(query)).errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
    expect((await fixture.send(query, {}, member)).errors[0]?.extensions.code).toBe('FORBIDDEN')
  })

  it('has null where there is nothing with such an id', async () => {
    const id = randomUUID()
    const query = `{ user(id: "${id}") { id } group(id: "${id}") { id } role(id: "${id}") { id } }`
    expect(dataOf(await fixture.send(query, {}, administrator))).toEqual({ user: null, group: null, role: null })
  })
})
