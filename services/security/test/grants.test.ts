import { randomUUID } from 'node:crypto'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATORS, MEMBERS } from '../src/groups.ts'
import { ADMINISTRATOR, MEMBER } from '../src/roles.ts'
import { userId } from '../src/user.ts'
import { type Administration, administration } from './administration-fixture.ts'
import { PASSWORD, type Person, REFRESH, type SecurityFixture, SIGN_IN, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
let admin: Administration
let administrator: Person
beforeAll(async () => {
  fixture = await startSecurity()
  admin = administration(fixture)
  administrator = await admin.administrator()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const inDays = (days: number) => new Date(fixture.now().getTime() + days * DAY)

const SAVE_GROUPS = ['security:group:save', 'security:group:delete', 'security:group:assign']
const SAVE_ROLES = ['security:role:save', 'security:role:delete', 'security:role:assign']
const HELPERS = [...SAVE_GROUPS, ...SAVE_ROLES, 'security:user:save']

describe('somebody who may change groups, roles and users', () => {
  let helper: Person
  beforeAll(async () => {
    helper = await admin.personWith(HELPERS)
  })
  const self = () => helper.userId

  it('does not become administrator by any path', async () => {
    const before = await admin.permissionsOf(helper)
    const { id: groupId } = await admin.done('createGroup', { name: randomUUID() }, helper)
    const { id: roleId } = await admin.done('createRole', { name: randomUUID() }, helper)
    await admin.done('assignRoleToGroup', { roleId, groupId }, helper)
    await admin.done('assignGroupToUser', { groupId, userId: self() }, helper)
    const refused = [
      admin.refusal('assignGroupToUser', { groupId: ADMINISTRATORS, userId: self() }, helper),
      admin.refusal('assignGroupToUser', { groupId: ADMINISTRATORS, userId: self(), endsAt: inDays(1) }, helper),
      // Of a group that they are in, and of one that they made.
      admin.refusal('assignRoleToGroup', { roleId: ADMINISTRATOR, groupId: MEMBERS }, helper),
      admin.refusal('assignRoleToGroup', { roleId: ADMINISTRATOR, groupId }, helper),
      // Of a role that they have already.
      admin.refusal('assignPermissionToRole', { roleId, permission: 'security:user:view-private' }, helper),
      admin.refusal('assignPermissionToRole', { roleId: MEMBER, permission: 'app:customer:delete' }, helper),
    ]
    expect(await Promise.all(refused)).toEqual(refused.map(() => 'PERMISSION_NOT_HELD'))
    expect(await admin.permissionsOf(helper)).toEqual(before)
  })

  it('gives what they hold', async () => {
    const friend = await fixture.newPerson()
    const { id: groupId } = await admin.done('createGroup', { name: randomUUID() }, helper)
    const { id: roleId } = await admin.done('createRole', { name: randomUUID() }, helper)
    await admin.done('assignPermissionToRole', { roleId, permission: 'security:role:save' }, helper)
    await admin.done('assignRoleToGroup', { roleId, groupId }, helper)
    await admin.done('assignGroupToUser', { groupId, userId: friend.userId }, helper)
    expect(await admin.permissionsOf(friend)).toContain('security:role:save')
  })

  it('takes nothing from whoever holds more', async () => {
    const other = await admin.administrator()
    const { groupId, roleId } = await admin.groupWith('app:customer:delete')
    const refused = [
      admin.refusal('removeGroupFromUser', { groupId: ADMINISTRATORS, userId: other.userId }, helper),
      admin.refusal('disableUser', { id: other.userId }, helper),
      admin.refusal('enableUser', { id: other.userId }, helper),
      admin.refusal('updateUser', { id: other.userId, version: 1, displayName: 'Mallory' }, helper),
      admin.refusal('deleteGroup', { id: groupId, version: 1 }, helper),
      admin.refusal('deleteRole', { id: roleId, version: 1 }, helper),
      admin.refusal('removeRoleFromGroup', { groupId, roleId }, helper),
      admin.refusal('removePermissionFromRole', { roleId, permission: 'app:customer:delete' }, helper),
    ]
    expect(await Promise.all(refused)).toEqual(refused.map(() => 'PERMISSION_NOT_HELD'))
  })

  it('is told in the audit log with the reason', async () => {
    await admin.refusal('assignGroupToUser', { groupId: ADMINISTRATORS, userId: self() }, helper)
    const [row] = await fixture.database
      .selectFrom('outbox')
      .select('value')
      .where('key', '=', self())
      .orderBy('position', 'desc')
      .limit(1)
      .execute()
    expect(row?.value).toMatchObject({
      data: { action: 'security:group:assign', outcome: 'failed', reason: 'PERMISSION_NOT_HELD' },
    })
  })

  it('cannot let a membership of theirs last longer, nor give for good what they hold for a while', async () => {
    const { groupId } = await admin.groupWith('app:customer:delete', ...HELPERS)
    const brief = await fixture.newPerson()
    const membership = { groupId, userId: brief.userId }
    await admin.done('assignGroupToUser', { ...membership, endsAt: inDays(1) }, administrator)
    const actor = await admin.refreshed(brief)
    const friend = await fixture.newPerson()
    expect(await admin.refusal('assignGroupToUser', membership, actor)).toBe('PERMISSION_NOT_HELD')
    expect(await admin.refusal('assignGroupToUser', { ...membership, endsAt: inDays(2) }, actor)).toBe(
      'PERMISSION_NOT_HELD',
    )
    expect(await admin.refusal('assignGroupToUser', { groupId, userId: friend.userId }, actor)).toBe(
      'PERMISSION_NOT_HELD',
    )
    const grant = { roleId: MEMBER, permission: 'app:customer:delete' }
    expect(await admin.refusal('assignPermissionToRole', grant, actor)).toBe('PERMISSION_NOT_HELD')
    await admin.done('assignGroupToUser', { groupId, userId: friend.userId, endsAt: inDays(1) }, actor)
  })
})

describe('the last administrator', () => {
  /** A service of its own, where there are these administrators and nobody else. */
  const withAdministrators = async (
    count: number,
    work: (own: Administration, all: Person[], at: SecurityFixture) => Promise<void>,
  ) => {
    await using own = await startSecurity()
    const helper = administration(own)
    const all: Person[] = []
    for (let index = 0; index < count; index += 1) all.push(await helper.administrator())
    await work(helper, all, own)
  }

  it('stays, whatever is tried', () =>
    withAdministrators(1, async (own, [last], at) => {
      if (last === undefined) throw new Error('nobody')
      const { userId } = last
      const endsAt = new Date(at.now().getTime() + DAY)
      const refusals = [
        own.refusal('removeGroupFromUser', { groupId: ADMINISTRATORS, userId }, last),
        own.refusal('assignGroupToUser', { groupId: ADMINISTRATORS, userId, endsAt }, last),
        own.refusal('disableUser', { id: userId }, last),
        own.refusal('deleteGroup', { id: ADMINISTRATORS, version: 1 }, last),
        own.refusal('deleteRole', { id: ADMINISTRATOR, version: 1 }, last),
        own.refusal('removeRoleFromGroup', { groupId: ADMINISTRATORS, roleId: ADMINISTRATOR }, last),
        own.refusal('removePermissionFromRole', { roleId: ADMINISTRATOR, permission: 'security:group:assign' }, last),
      ]
      expect(await Promise.all(refusals)).toEqual([
        'LAST_ADMINISTRATOR',
        'LAST_ADMINISTRATOR',
        'OWN_ACCOUNT',
        'BASE_GROUP',
        'BASE_ROLE',
        'BASE_ROLE',
        'BASE_ROLE',
      ])
    }))

  it('is not one whose membership ends, nor one who is disabled', () =>
    withAdministrators(3, async (own, [first, brief, disabled], at) => {
      if (!(first && brief && disabled)) throw new Error('nobody')
      const endsAt = new Date(at.now().getTime() + DAY)
      await own.done('assignGroupToUser', { groupId: ADMINISTRATORS, userId: brief.userId, endsAt }, first)
      await own.done('disableUser', { id: disabled.userId }, first)
      const self = { groupId: ADMINISTRATORS, userId: first.userId }
      expect(await own.refusal('removeGroupFromUser', self, first)).toBe('LAST_ADMINISTRATOR')
      const actor = await own.refreshed(brief)
      expect(await own.refusal('removeGroupFromUser', self, actor)).toBe('LAST_ADMINISTRATOR')
      expect(await own.refusal('disableUser', { id: first.userId }, actor)).toBe('LAST_ADMINISTRATOR')
    }))

  it.each([
    ['removeGroupFromUser', (person: Person) => ({ groupId: ADMINISTRATORS, userId: person.userId })],
    ['disableUser', (person: Person) => ({ id: person.userId })],
  ] as const)('remains where two do it to each other at once: %s', (mutation, inputFor) =>
    withAdministrators(2, async (own, [one, other], at) => {
      if (!(one && other)) throw new Error('nobody')
      const answers = await Promise.all([
        own.send(mutation, inputFor(other), one, at.send),
        own.send(mutation, inputFor(one), other, at.replica),
      ])
      expect(answers.filter(({ data }) => data !== null)).toHaveLength(1)
      const left = await at.database
        .selectFrom('group_members')
        .innerJoin('users', 'users.id', 'user_id')
        .select('user_id')
        .where('group_id', '=', ADMINISTRATORS)
        .where('disabled_at', 'is', null)
        .execute()
      expect(left).toHaveLength(1)
    }),
  )

  it('remains however close together two disable each other', () =>
    withAdministrators(2, async (own, both, at) => {
      const openAgain = () => at.database.updateTable('users').set({ disabled_at: null }).execute()
      const reopen = () => at.database.updateTable('sessions').set({ ended_at: null, end_reason: null }).execute()
      const [one, other] = both
      if (!(one && other)) throw new Error('nobody')
      for (let round = 0; round < 8; round += 1) {
        const answers = await Promise.all([
          own.send('disableUser', { id: other.userId }, one, at.send),
          own.send('disableUser', { id: one.userId }, other, at.replica),
        ])
        expect(answers.filter(({ data }) => data !== null)).toHaveLength(1)
        await openAgain()
        await reopen()
      }
    }))
})

describe('a membership with an end', () => {
  it('gives rights until then, and no token outlives it', async () => {
    const person = await fixture.newPerson()
    const { groupId } = await admin.groupWith('app:customer:delete')
    const endsAt = new Date(fixture.now().getTime() + 4 * MINUTE)
    await admin.done('assignGroupToUser', { groupId, userId: person.userId, endsAt }, administrator)
    const current = await admin.refreshed(person)
    expect(decodeJwt(current.token)).toMatchObject({
      exp: Math.floor(endsAt.getTime() / 1_000),
      groups: expect.arrayContaining([groupId]),
      permissions: expect.arrayContaining(['app:customer:delete']),
    })
    fixture.advance(4 * MINUTE)
    try {
      const { groups, permissions } = decodeJwt((await admin.refreshed(current)).token)
      expect(groups).not.toContain(groupId)
      expect(permissions).not.toContain('app:customer:delete')
    } finally {
      fixture.advance(-4 * MINUTE)
    }
  })

  it('must end later than now', async () => {
    const person = await fixture.newPerson()
    const { groupId } = await admin.groupWith()
    for (const endsAt of [fixture.now(), new Date(0), 'tomorrow', "2030-01-01' or 1=1"]) {
      const { data, errors } = await admin.send(
        'assignGroupToUser',
        { groupId, userId: person.userId, endsAt },
        administrator,
      )
      expect(data).toBeNull()
      expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
  })

  it('that is made to end sooner has older tokens refused', async () => {
    const person = await fixture.newPerson()
    const { groupId } = await admin.groupWith()
    const membership = { groupId, userId: person.userId }
    await admin.done('assignGroupToUser', membership, administrator)
    const before = await revocationsOf(person.userId)
    await admin.done('assignGroupToUser', { ...membership, endsAt: inDays(1) }, administrator)
    expect(await revocationsOf(person.userId)).toBe(before + 1)
    await admin.done('assignGroupToUser', { ...membership, endsAt: inDays(2) }, administrator)
    expect(await revocationsOf(person.userId)).toBe(before + 1)
  })
})

describe('a loss of rights', () => {
  it('has the tokens refused of whoever lost them, and of nobody else', async () => {
    const person = await fixture.newPerson()
    const { groupId, roleId } = await admin.groupWith('app:customer:delete')
    const membership = { groupId, userId: person.userId }
    await admin.done('assignGroupToUser', membership, administrator)
    await admin.done('removePermissionFromRole', { roleId, permission: 'app:customer:delete' }, administrator)
    expect(await revocationsOf(groupId)).toBe(1)
    await admin.done('removePermissionFromRole', { roleId, permission: 'app:customer:delete' }, administrator)
    expect(await revocationsOf(groupId)).toBe(1)
    await admin.done('removeRoleFromGroup', { groupId, roleId }, administrator)
    expect(await revocationsOf(groupId)).toBe(2)
    await admin.done('assignRoleToGroup', { groupId, roleId }, administrator)
    await admin.done('deleteRole', { id: roleId, version: 1 }, administrator)
    expect(await revocationsOf(groupId)).toBe(3)
    await admin.done('removeGroupFromUser', membership, administrator)
    expect(await revocationsOf(person.userId)).toBe(1)
    await admin.done('deleteGroup', { id: groupId, version: 1 }, administrator)
    expect(await revocationsOf(groupId)).toBe(4)
  })
})

describe('a disabled account', () => {
  const signIn = (email: string, password: string, through = fixture.send) =>
    through<{ signIn: object }>(SIGN_IN, { input: { email, password } })

  it('is signed out everywhere, and told why only with the right password', async () => {
    const person = await fixture.newPerson()
    await admin.done('disableUser', { id: person.userId }, administrator)
    const refresh = await fixture.send(REFRESH, { token: person.refreshToken })
    expect(refresh.errors[0]?.extensions.reason).toBe('SESSION_ENDED')
    expect((await signIn(person.email, PASSWORD)).errors[0]?.extensions.reason).toBe('ACCOUNT_DISABLED')
    expect((await signIn(person.email, `${PASSWORD}!`)).errors[0]?.extensions.reason).toBe('CREDENTIALS_WRONG')
    await admin.done('enableUser', { id: person.userId }, administrator)
    expect((await signIn(person.email, PASSWORD)).errors).toEqual([])
  })

  it('has no session left where it is disabled at the moment of a sign-in', async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = await fixture.newPerson()
      await Promise.all([
        signIn(person.email, PASSWORD, fixture.replica),
        admin.done('disableUser', { id: person.userId }, administrator),
      ])
      const open = await fixture.database
        .selectFrom('sessions')
        .select('id')
        .where('user_id', '=', userId.parse(person.userId))
        .where('ended_at', 'is', null)
        .execute()
      expect(open).toEqual([])
    }
  })

  it('administers nothing, though its token has not expired', async () => {
    const former = await admin.administrator()
    await admin.done('disableUser', { id: former.userId }, administrator)
    expect(await admin.refusal('enableUser', { id: former.userId }, former)).toBe('SESSION_ENDED')
  })
})

/** How often tokens of this user or group were revoked. */
const revocationsOf = async (id: string): Promise<number> => {
  const rows = await fixture.database
    .selectFrom('outbox')
    .select('id')
    .where('topic', '=', 'neotool.security.revocations')
    .where('key', '=', id)
    .execute()
  return rows.length
}
