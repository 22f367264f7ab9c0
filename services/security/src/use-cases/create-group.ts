import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type AdministerDeps, administer } from '../administer.ts'
import type { CreateGroupInput } from '../generated/graphql.ts'
import type { Group } from '../groups.ts'
import { newNamed } from '../named.ts'

type Deps = AdministerDeps

/** Adds a group, which gives nothing to anybody yet; throws CONFLICT where the name is in use. */
export const createGroup =
  (deps: Deps) =>
  async (caller: Caller, input: CreateGroupInput): Promise<Group> =>
    administer(deps)(caller, { action: 'security:group:save', resource: { type: 'Group' } }, async ({ tx, made }) =>
      made(await deps.groups.insert(tx, parseInput(newNamed, input))),
    )
