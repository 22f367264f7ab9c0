import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type AdministerDeps, administer } from '../administer.ts'
import type { CreateRoleInput } from '../generated/graphql.ts'
import { newNamed } from '../named.ts'
import type { RoleStore } from '../role-store.ts'
import type { Role } from '../roles.ts'

type Deps = AdministerDeps & { roles: RoleStore }

/** Adds a role, which gives nothing to anybody yet; throws CONFLICT where the name is in use. */
export const createRole =
  (deps: Deps) =>
  async (caller: Caller, input: CreateRoleInput): Promise<Role> =>
    administer(deps)(caller, { action: 'security:role:save', resource: { type: 'Role' } }, async ({ tx, made }) =>
      made(await deps.roles.insert(tx, parseInput(newNamed, input))),
    )
