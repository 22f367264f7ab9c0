import { randomUUID } from 'node:crypto'
import { dataOf, type GraphqlAnswer } from '@neotool/testkit/graphql-client'
import { ADMINISTRATORS, type GroupId } from '../src/groups.ts'
import type { RoleId } from '../src/roles.ts'
import { userId } from '../src/user.ts'
import { type Person, REFRESH, type SecurityFixture } from './security-fixture.ts'

/** The mutations of administration, each with what its payload holds. */
const PAYLOADS = {
  createGroup: 'group { id name description version builtIn }',
  updateGroup: 'group { id name description version }',
  deleteGroup: 'deletedGroupId',
  createRole: 'role { id name description version builtIn permissions { name } }',
  updateRole: 'role { id name description version }',
  deleteRole: 'deletedRoleId',
  assignGroupToUser: 'membership { endsAt user { id } group { id } }',
  removeGroupFromUser: 'user { id }',
  assignRoleToGroup: 'group { id }',
  removeRoleFromGroup: 'group { id }',
  assignPermissionToRole: 'role { id }',
  removePermissionFromRole: 'role { id }',
  enableUser: 'user { id disabled }',
  disableUser: 'user { id disabled }',
  updateUser: 'user { id displayName version }',
} as const

export type Administered = keyof typeof PAYLOADS
type Token = { readonly token: string }

export type Administration = {
  /** Sends one mutation as somebody; `through` another replica where it is given. */
  send(
    mutation: Administered,
    input: Readonly<Record<string, unknown>>,
    actor: Token | undefined,
    through?: SecurityFixture['send'],
  ): Promise<GraphqlAnswer<Record<string, Record<string, Record<string, unknown>>>>>
  /** Sends one that must succeed, and gives the thing in its payload. */
  done<Thing = { readonly id: string; readonly version: number }>(
    mutation: Administered,
    input: Readonly<Record<string, unknown>>,
    actor: Token,
  ): Promise<Thing>
  /** Why it was refused: its reason. */
  refusal(
    mutation: Administered,
    input: Readonly<Record<string, unknown>>,
    actor: Token | undefined,
  ): Promise<string | undefined>
  /** The same person with the rights that they have now. */
  refreshed(person: Person): Promise<Person>
  administrator(): Promise<Person>
  /** Somebody who beyond what members hold has these permissions, until then or for good. */
  personWith(permissions: readonly string[], endsAt?: Date): Promise<Person>
  /** A group that gives these permissions, by a role of its own. */
  groupWith(...permissions: readonly string[]): Promise<{ readonly groupId: GroupId; readonly roleId: RoleId }>
  permissionsOf(person: Person): Promise<readonly string[]>
}

/** What tests of administration do again and again. */
export const administration = (fixture: SecurityFixture): Administration => {
  const { database } = fixture
  const send: Administration['send'] = (mutation, input, actor, through = fixture.send) => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`
    return through(
      `mutation ($input: ${type}) { ${mutation}(input: $input) { ${PAYLOADS[mutation]} } }`,
      { input },
      actor,
    )
  }
  const refreshed: Administration['refreshed'] = async (person) => {
    type Refreshed = { refreshAccessToken: { session: Pick<Person, 'accessToken' | 'refreshToken'> } }
    const answer = await fixture.send<Refreshed>(REFRESH, { token: person.refreshToken })
    const { session } = dataOf(answer).refreshAccessToken
    return { ...person, ...session, token: session.accessToken }
  }
  const join = async (person: Person, groupId: GroupId, endsAt?: Date): Promise<Person> => {
    const member = { group_id: groupId, user_id: userId.parse(person.userId), ends_at: endsAt ?? null }
    await database.insertInto('group_members').values(member).execute()
    return refreshed(person)
  }
  const groupWith: Administration['groupWith'] = async (...permissions) => {
    const insert = (table: 'groups' | 'roles') =>
      database
        .insertInto(table)
        .values({ name: `${table} ${randomUUID()}`, description: '' })
        .returning('id')
        .executeTakeFirstOrThrow()
    const groupId = (await insert('groups')).id as GroupId
    const roleId = (await insert('roles')).id as RoleId
    await database.insertInto('group_roles').values({ group_id: groupId, role_id: roleId }).execute()
    const granted = permissions.map((permission) => ({ role_id: roleId, permission }))
    if (granted.length > 0) await database.insertInto('role_permissions').values(granted).execute()
    return { groupId, roleId }
  }
  return {
    send,
    done: async <Thing>(mutation: Administered, input: Readonly<Record<string, unknown>>, actor: Token) => {
      const payload = dataOf(await send(mutation, input, actor))[mutation] ?? {}
      return Object.values(payload)[0] as Thing
    },
    refusal: async (mutation, input, actor) => {
      const { data, errors } = await send(mutation, input, actor)
      if (data !== null) throw new Error(`${mutation} was not refused: ${JSON.stringify(data)}`)
      return errors[0]?.extensions.reason
    },
    refreshed,
    administrator: async () => join(await fixture.newPerson(), ADMINISTRATORS),
    personWith: async (permissions, endsAt) =>
      join(await fixture.newPerson(), (await groupWith(...permissions)).groupId, endsAt),
    groupWith,
    permissionsOf: async (person) => {
      const { token } = await refreshed(person)
      const answer = await fixture.send<{ currentUser: { permissions: string[] } }>(
        '{ currentUser { permissions } }',
        {},
        { token },
      )
      return dataOf(answer).currentUser.permissions
    },
  }
}
