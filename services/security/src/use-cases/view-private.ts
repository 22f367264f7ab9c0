import type { Authorizer } from '@neotool/kit/authz'
import type { SeenUser, User } from '../user.ts'

type Deps = { authorizer: Authorizer }

/** The user, if the viewer may see their e-mail and rights; throws FORBIDDEN where they may not. */
export const viewPrivate =
  ({ authorizer }: Deps) =>
  ({ user, viewer }: SeenUser): User => {
    authorizer.authorize(viewer, 'security:user:view-private', { type: 'User', id: user.id })
    return user
  }
