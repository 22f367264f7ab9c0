import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { DeleteGroupInput } from '../generated/graphql.ts'
import { baseGroup } from '../grants.ts'
import { type GroupId, groupId, groupNotFound, isBaseGroup } from '../groups.ts'
import { requireVersion } from '../named.ts'
import { revokeRights } from '../revoke-rights.ts'

type Deps = AdministerDeps

const target = z.object({ id: groupId, version: z.int() })

/** Removes a group for good, and with it what it gave. */
export const deleteGroup =
  (deps: Deps) =>
  async (caller: Caller, input: DeleteGroupInput): Promise<GroupId> => {
    const { id, version } = parseInput(target, input)
    const asked = { action: 'security:group:delete', resource: { type: 'Group', id } }
    return administer(deps)(caller, asked, async ({ tx, at, mayTake }) => {
      if (isBaseGroup(id)) throw baseGroup()
      const group = await deps.groups.lockOne(tx, id)
      if (group === undefined) throw groupNotFound(id)
      requireVersion('group', group, version)
      mayTake(await deps.groups.permissionsOf(tx, id))
      await revokeRights(tx, deps.groups, { groupIds: [id] }, at)
      await deps.groups.delete(tx, id)
      return id
    })
  }
