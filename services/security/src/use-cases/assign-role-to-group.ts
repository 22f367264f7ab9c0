import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { AssignRoleToGroupInput } from '../generated/graphql.ts'
import { type Group, groupId, groupNotFound } from '../groups.ts'
import type { RoleStore } from '../role-store.ts'
import { roleId, roleNotFound } from '../roles.ts'

type Deps = AdministerDeps & { roles: RoleStore }

const target = z.object({ roleId, groupId })

/** Gives a role to a group; that it has it already is no error. */
export const assignRoleToGroup =
  (deps: Deps) =>
  async (caller: Caller, input: AssignRoleToGroupInput): Promise<Group> => {
    const given = parseInput(target, input)
    const attributes = { group: { __entity: { type: 'Group', id: given.groupId } } }
    const asked = { action: 'security:role:assign', resource: { type: 'Role', id: given.roleId, attributes } }
    return administer(deps)(caller, asked, async ({ tx, mayGive }) => {
      if ((await deps.roles.lockOne(tx, given.roleId)) === undefined) throw roleNotFound(given.roleId)
      const group = await deps.groups.lockOne(tx, given.groupId)
      if (group === undefined) throw groupNotFound(given.groupId)
      await mayGive(await deps.roles.permissionsOf(tx, given.roleId))
      await deps.roles.addToGroup(tx, given.roleId, group.id)
      return group
    })
  }
