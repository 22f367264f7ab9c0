import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type AdministerDeps, administer } from '../administer.ts'
import { endSessionsOf } from '../end-session.ts'
import type { DisableUserInput } from '../generated/graphql.ts'
import { ownAccount } from '../grants.ts'
import type { SessionStore } from '../session-store.ts'
import { type SeenUser, userId, userNotFound } from '../user.ts'

type Deps = AdministerDeps & { sessions: SessionStore }

/** Ends all sessions of a user and refuses their sign-in from now on. */
export const disableUser =
  (deps: Deps) =>
  async (caller: Caller, input: DisableUserInput): Promise<SeenUser> => {
    const { id } = parseInput(z.object({ id: userId }), input)
    const asked = { action: 'security:user:save', resource: { type: 'User', id } }
    return administer(deps)(caller, asked, async ({ tx, actor, at, mayTake }) => {
      if (actor.id === id) throw ownAccount()
      const user = await deps.users.lock(tx, id)
      if (user === undefined) throw userNotFound(id)
      mayTake((await deps.groups.rightsOf(tx, id, at)).permissions)
      if (user.isDisabled) return { user, viewer: actor }
      const disabled = await deps.userDirectory.setDisabled(tx, id, at)
      await endSessionsOf(tx, deps.sessions, { userId: id, reason: 'user-disabled', at })
      return { user: disabled, viewer: actor }
    })
  }
