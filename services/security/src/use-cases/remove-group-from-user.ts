import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { RemoveGroupFromUserInput } from '../generated/graphql.ts'
import { groupId } from '../groups.ts'
import type { MembershipStore } from '../membership-store.ts'
import { revokeRights } from '../revoke-rights.ts'
import { type SeenUser, userId, userNotFound } from '../user.ts'

type Deps = AdministerDeps & { memberships: MembershipStore }

const target = z.object({ groupId, userId })

/** Ends a user's membership in a group; that there is none is no error. */
export const removeGroupFromUser =
  (deps: Deps) =>
  async (caller: Caller, input: RemoveGroupFromUserInput): Promise<SeenUser> => {
    const { groupId, userId } = parseInput(target, input)
    const attributes = { user: { __entity: { type: 'User', id: userId } } }
    const asked = { action: 'security:group:assign', resource: { type: 'Group', id: groupId, attributes } }
    return administer(deps)(caller, asked, async ({ tx, actor, at, mayTake }) => {
      const user = await deps.users.lock(tx, userId)
      if (user === undefined) throw userNotFound(userId)
      if ((await deps.memberships.find(tx, groupId, userId)) !== undefined) {
        mayTake(await deps.groups.permissionsOf(tx, groupId))
        await deps.memberships.remove(tx, groupId, userId)
        await revokeRights(tx, deps.groups, { principalIds: [userId] }, at)
      }
      return { user, viewer: actor }
    })
  }
