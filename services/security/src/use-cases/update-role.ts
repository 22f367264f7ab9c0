import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { UpdateRoleInput } from '../generated/graphql.ts'
import { namedChange, requireVersion } from '../named.ts'
import type { RoleStore } from '../role-store.ts'
import { type Role, roleId, roleNotFound } from '../roles.ts'

type Deps = AdministerDeps & { roles: RoleStore }

const target = z.object({ id: roleId, version: z.int() })

/** Changes the given fields of a role; throws CONFLICT with the present state where `version` is not the present one. */
export const updateRole =
  (deps: Deps) =>
  async (caller: Caller, input: UpdateRoleInput): Promise<Role> => {
    const { id, version } = parseInput(target, input)
    return administer(deps)(
      caller,
      { action: 'security:role:save', resource: { type: 'Role', id } },
      async ({ tx }) => {
        const change = parseInput(namedChange, input)
        const role = await deps.roles.lockOne(tx, id)
        if (role === undefined) throw roleNotFound(id)
        requireVersion('role', role, version)
        return deps.roles.save(tx, { ...role, ...change })
      },
    )
  }
