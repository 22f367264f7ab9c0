import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { RemovePermissionFromRoleInput } from '../generated/graphql.ts'
import { baseRole } from '../grants.ts'
import type { PermissionStore } from '../permission-store.ts'
import { revokeRights } from '../revoke-rights.ts'
import type { RoleStore } from '../role-store.ts'
import { ADMINISTRATOR, permissionName, permissionNotFound, type Role, roleId, roleNotFound } from '../roles.ts'

type Deps = AdministerDeps & { roles: RoleStore; permissions: PermissionStore }

const target = z.object({ roleId, permission: permissionName })

/** Takes a permission from a role, and so from all that have it by that role; that it is not there is no error. */
export const removePermissionFromRole =
  (deps: Deps) =>
  async (caller: Caller, input: RemovePermissionFromRoleInput): Promise<Role> => {
    const { roleId, permission } = parseInput(target, input)
    const attributes = { permission: { __entity: { type: 'Permission', id: permission } } }
    const asked = { action: 'security:role:save', resource: { type: 'Role', id: roleId, attributes } }
    return administer(deps)(caller, asked, async ({ tx, at, mayTake }) => {
      const role = await deps.roles.lockOne(tx, roleId)
      if (role === undefined) throw roleNotFound(roleId)
      if (!(await deps.permissions.exists(tx, permission))) throw permissionNotFound()
      if (role.id === ADMINISTRATOR) throw baseRole()
      mayTake([permission])
      if (await deps.roles.removePermission(tx, role.id, permission)) {
        await revokeRights(tx, deps.groups, { groupIds: await deps.roles.groupIdsOf(tx, role.id) }, at)
      }
      return role
    })
  }
