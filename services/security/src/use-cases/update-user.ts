import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { UpdateUserInput } from '../generated/graphql.ts'
import { profileChange, requireVersion, type SeenUser, userId, userNotFound } from '../user.ts'

const target = z.object({ id: userId, version: z.int() })

/**
 * Changes the name or the language of a user, and never the e-mail: whoever could change that could have the password reset, and
 * be that person. Throws CONFLICT where `version` is not the present one.
 */
export const updateUser =
  (deps: AdministerDeps) =>
  async (caller: Caller, input: UpdateUserInput): Promise<SeenUser> => {
    const { id, version } = parseInput(target, input)
    const asked = { action: 'security:user:save', resource: { type: 'User', id } }
    return administer(deps)(caller, asked, async ({ tx, actor, at, mayTake }) => {
      const change = parseInput(profileChange, input)
      const user = await deps.users.lock(tx, id)
      if (user === undefined) throw userNotFound(id)
      requireVersion(user, version)
      mayTake((await deps.groups.rightsOf(tx, id, at)).permissions)
      return { user: await deps.users.saveProfile(tx, id, change), viewer: actor }
    })
  }
