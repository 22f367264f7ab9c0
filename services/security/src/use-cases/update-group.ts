import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { UpdateGroupInput } from '../generated/graphql.ts'
import { type Group, groupId, groupNotFound } from '../groups.ts'
import { namedChange, requireVersion } from '../named.ts'

type Deps = AdministerDeps

const target = z.object({ id: groupId, version: z.int() })

/** Changes the given fields of a group; throws CONFLICT with the present state where `version` is not the present one. */
export const updateGroup =
  (deps: Deps) =>
  async (caller: Caller, input: UpdateGroupInput): Promise<Group> => {
    const { id, version } = parseInput(target, input)
    return administer(deps)(
      caller,
      { action: 'security:group:save', resource: { type: 'Group', id } },
      async ({ tx }) => {
        const change = parseInput(namedChange, input)
        const group = await deps.groups.lockOne(tx, id)
        if (group === undefined) throw groupNotFound(id)
        requireVersion('group', group, version)
        return deps.groups.save(tx, { ...group, ...change })
      },
    )
  }
