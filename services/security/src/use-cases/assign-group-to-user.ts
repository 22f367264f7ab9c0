import type { Caller } from '@neotool/kit/caller'
import { inputInvalid } from '@neotool/kit/errors'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { AssignGroupToUserInput } from '../generated/graphql.ts'
import { endsSooner, groupId, groupNotFound, type SeenMembership } from '../groups.ts'
import type { MembershipStore } from '../membership-store.ts'
import { revokeRights } from '../revoke-rights.ts'
import { userId, userNotFound } from '../user.ts'

type Deps = AdministerDeps & { memberships: MembershipStore }

const assignment = z.object({
  groupId,
  userId,
  // The scalar has made a Date of the text.
  endsAt: z
    .date()
    .nullish()
    .transform((end) => end ?? undefined),
})

/** Makes a user a member of a group until `endsAt`, or for good; of a member it changes the end. */
export const assignGroupToUser =
  (deps: Deps) =>
  async (caller: Caller, input: AssignGroupToUserInput): Promise<SeenMembership> => {
    const given = parseInput(assignment, input)
    const { endsAt } = given
    const attributes = {
      user: { __entity: { type: 'User', id: given.userId } },
      ...(endsAt && { endsAt: endsAt.toISOString() }),
    }
    const asked = { action: 'security:group:assign', resource: { type: 'Group', id: given.groupId, attributes } }
    return administer(deps)(caller, asked, async ({ tx, actor, at, mayTake, mayGive }) => {
      if (endsAt !== undefined && endsAt <= at) throw inputInvalid([{ path: 'endsAt', message: 'has passed' }])
      const group = await deps.groups.lockOne(tx, given.groupId)
      if (group === undefined) throw groupNotFound(given.groupId)
      const user = await deps.users.lock(tx, given.userId)
      if (user === undefined) throw userNotFound(given.userId)
      const moved = await deps.groups.permissionsOf(tx, group.id)
      await mayGive(moved, endsAt)
      const former = await deps.memberships.find(tx, group.id, user.id)
      const isMember = former !== undefined && !endsSooner(former, { endsAt: at })
      if (isMember && endsSooner({ endsAt }, former)) {
        mayTake(moved)
        // Tokens that are out live until the former end.
        await revokeRights(tx, deps.groups, { principalIds: [user.id] }, at)
      }
      const times = { joinedAt: isMember ? former.joinedAt : at, endsAt }
      await deps.memberships.put(tx, group.id, user.id, times)
      return { ...times, user, group, viewer: actor }
    })
  }
