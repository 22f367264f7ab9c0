import type { Actor } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { UserLoader } from '../loaders.ts'
import { type SeenUser, userId } from '../user.ts'

type Deps = { authorizer: Authorizer }

/** One user by id, or null, as the actor sees them; calls of one request are read together. */
export const findUser =
  ({ authorizer }: Deps) =>
  async (actor: Actor, loader: UserLoader, givenId: unknown): Promise<SeenUser | null> => {
    const id = userId.safeParse(givenId)
    authorizer.authorize(actor, 'security:user:view', { type: 'User', ...(id.success ? { id: id.data } : {}) })
    const user = id.success ? await loader.load(id.data) : undefined
    return user === undefined ? null : { user, viewer: actor }
  }
