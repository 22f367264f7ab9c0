import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { DeleteRoleInput } from '../generated/graphql.ts'
import { baseRole } from '../grants.ts'
import { requireVersion } from '../named.ts'
import { revokeRights } from '../revoke-rights.ts'
import type { RoleStore } from '../role-store.ts'
import { isBaseRole, type RoleId, roleId, roleNotFound } from '../roles.ts'

type Deps = AdministerDeps & { roles: RoleStore }

const target = z.object({ id: roleId, version: z.int() })

/** Removes a role for good, and with it what it gave. */
export const deleteRole =
  (deps: Deps) =>
  async (caller: Caller, input: DeleteRoleInput): Promise<RoleId> => {
    const { id, version } = parseInput(target, input)
    const asked = { action: 'security:role:delete', resource: { type: 'Role', id } }
    return administer(deps)(caller, asked, async ({ tx, at, mayTake }) => {
      if (isBaseRole(id)) throw baseRole()
      const role = await deps.roles.lockOne(tx, id)
      if (role === undefined) throw roleNotFound(id)
      requireVersion('role', role, version)
      mayTake(await deps.roles.permissionsOf(tx, id))
      await revokeRights(tx, deps.groups, { groupIds: await deps.roles.groupIdsOf(tx, id) }, at)
      await deps.roles.delete(tx, id)
      return id
    })
  }
