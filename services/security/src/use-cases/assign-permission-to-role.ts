import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { AssignPermissionToRoleInput } from '../generated/graphql.ts'
import type { PermissionStore } from '../permission-store.ts'
import type { RoleStore } from '../role-store.ts'
import { permissionName, permissionNotFound, type Role, roleId, roleNotFound } from '../roles.ts'

type Deps = AdministerDeps & { roles: RoleStore; permissions: PermissionStore }

const target = z.object({ roleId, permission: permissionName })

/** Adds a permission to a role, and so to all that have it; that it is there already is no error. */
export const assignPermissionToRole =
  (deps: Deps) =>
  async (caller: Caller, input: AssignPermissionToRoleInput): Promise<Role> => {
    const { roleId, permission } = parseInput(target, input)
    const attributes = { permission: { __entity: { type: 'Permission', id: permission } } }
    const asked = { action: 'security:role:save', resource: { type: 'Role', id: roleId, attributes } }
    return administer(deps)(caller, asked, async ({ tx, mayGive }) => {
      const role = await deps.roles.lockOne(tx, roleId)
      if (role === undefined) throw roleNotFound(roleId)
      if (!(await deps.permissions.exists(tx, permission))) throw permissionNotFound()
      await mayGive([permission])
      await deps.roles.addPermission(tx, role.id, permission)
      return role
    })
  }
