import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import type { EnableUserInput } from '../generated/graphql.ts'
import { type SeenUser, userId, userNotFound } from '../user.ts'

/** Lets a user sign in again; their former sessions stay ended. */
export const enableUser =
  (deps: AdministerDeps) =>
  async (caller: Caller, input: EnableUserInput): Promise<SeenUser> => {
    const { id } = parseInput(z.object({ id: userId }), input)
    const asked = { action: 'security:user:save', resource: { type: 'User', id } }
    return administer(deps)(caller, asked, async ({ tx, actor, at, mayTake }) => {
      const user = await deps.users.lock(tx, id)
      if (user === undefined) throw userNotFound(id)
      // Whoever may not take what this account holds may not give it back either.
      mayTake((await deps.groups.rightsOf(tx, id, at)).permissions)
      if (!user.isDisabled) return { user, viewer: actor }
      return { user: await deps.userDirectory.setDisabled(tx, id, undefined), viewer: actor }
    })
  }
