import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { RemoveRoleFromGroupInput } from '../generated/graphql.ts'
import { baseRole } from '../grants.ts'
import { ADMINISTRATORS, type Group, groupId, groupNotFound } from '../groups.ts'
import { revokeRights } from '../revoke-rights.ts'
import type { RoleStore } from '../role-store.ts'
import { ADMINISTRATOR, roleId, roleNotFound } from '../roles.ts'

type Deps = AdministerDeps & { roles: RoleStore }

const target = z.object({ roleId, groupId })

/** Takes a role from a group; that it does not have it is no error. */
export const removeRoleFromGroup =
  (deps: Deps) =>
  async (caller: Caller, input: RemoveRoleFromGroupInput): Promise<Group> => {
    const given = parseInput(target, input)
    const attributes = { group: { __entity: { type: 'Group', id: given.groupId } } }
    const asked = { action: 'security:role:assign', resource: { type: 'Role', id: given.roleId, attributes } }
    return administer(deps)(caller, asked, async ({ tx, at, mayTake }) => {
      if ((await deps.roles.lockOne(tx, given.roleId)) === undefined) throw roleNotFound(given.roleId)
      const group = await deps.groups.lockOne(tx, given.groupId)
      if (group === undefined) throw groupNotFound(given.groupId)
      if (given.roleId === ADMINISTRATOR && group.id === ADMINISTRATORS) throw baseRole()
      mayTake(await deps.roles.permissionsOf(tx, given.roleId))
      if (await deps.roles.removeFromGroup(tx, given.roleId, group.id)) {
        await revokeRights(tx, deps.groups, { groupIds: [group.id] }, at)
      }
      return group
    })
  }
