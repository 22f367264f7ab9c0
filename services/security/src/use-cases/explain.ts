import { type Authorizer, byId } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { notFound } from '@neotool/kit/errors'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { Grant, GrantStore } from '../grant-store.ts'
import type { GroupStore } from '../group-store.ts'
import { parseQuestion } from '../policy-resource.ts'
import type { BuiltInPolicies } from '../policy-version.ts'
import type { PolicyVersionStore } from '../policy-version-store.ts'
import { userId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  groups: GroupStore
  grants: GrantStore
  policyVersions: PolicyVersionStore
  builtIn: BuiltInPolicies
  authorizer: Authorizer
  now: () => Date
}

export type Explanation = {
  readonly isAllowed: boolean
  /** The policies that decided: those that permit, or those that forbid; none where nothing permits it. */
  readonly policies: readonly { readonly id: string; readonly text: string | null }[]
  /** Each of these would be enough; none where no permission helps. */
  readonly missing: readonly { readonly permission: string; readonly grants: readonly Grant[] }[]
}

const asked = z.object({ userId })

/** Why a user may do something, or what is missing: by the policies and the rights of this moment. */
export const explain =
  ({ database, users, groups, grants, policyVersions, builtIn, authorizer, now }: Deps) =>
  async ({ actor }: Caller, input: { userId: string; action: string; resource: unknown }): Promise<Explanation> => {
    authorizer.authorize(actor, 'security:permission:check', { type: 'User' })
    const { userId: id } = parseInput(asked, input)
    const { action, resource } = parseQuestion(input)
    const [user] = await users.loadMany(database, [id])
    if (user === undefined) throw notFound('USER_NOT_FOUND', 'There is no such user.')
    const { permissions } = await groups.rightsOf(database, id, now())
    const decideWith = (held: readonly string[]) =>
      authorizer.decide({ kind: 'user', id, permissions: held }, action, resource)

    const { isAllowed, policyIds } = decideWith(permissions)
    const active = await policyVersions.findActive(database)
    const { named } = byId(active?.text ?? builtIn.policies)
    const policies = policyIds.map((policyId) => ({ id: policyId, text: named[policyId] ?? null }))
    if (isAllowed) return { isAllowed, policies, missing: [] }

    const others = (await grants.permissions(database)).filter((permission) => !permissions.includes(permission))
    const helpful = others.filter((permission) => decideWith([...permissions, permission]).isAllowed)
    const missing = await Promise.all(
      helpful.map(async (permission) => ({ permission, grants: await grants.grantsOf(database, permission) })),
    )
    return { isAllowed, policies, missing }
  }
