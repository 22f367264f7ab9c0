import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { RoleStore } from '../role-store.ts'
import { type Role, roleId } from '../roles.ts'

type Deps = { database: Database<Tables>; roles: RoleStore; authorizer: Authorizer }

/** One role by its id, or null. */
export const findRole =
  ({ database, roles, authorizer }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, givenId: string): Promise<Role | null> => {
    const { id } = parseInput(z.object({ id: roleId }), { id: givenId })
    authorizer.authorize(actor, 'security:role:view', { type: 'Role', id })
    const [role] = await roles.loadMany(database, [id])
    return role ?? null
  }
