import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import type { Database } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { GroupStore } from '../group-store.ts'
import { type Group, groupId } from '../groups.ts'

type Deps = { database: Database<Tables>; groups: GroupStore; authorizer: Authorizer }

/** One group by its id, or null. */
export const findGroup =
  ({ database, groups, authorizer }: Deps) =>
  async ({ actor }: Pick<Caller, 'actor'>, givenId: string): Promise<Group | null> => {
    const { id } = parseInput(z.object({ id: groupId }), { id: givenId })
    authorizer.authorize(actor, 'security:group:view', { type: 'Group', id })
    const [group] = await groups.loadMany(database, [id])
    return group ?? null
  }
