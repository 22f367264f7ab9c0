import { type Actor, requireUser } from '@neotool/kit/auth'
import type { UserLoader } from '../loaders.ts'
import { sessionEnded } from '../session.ts'
import { type SeenUser, userId } from '../user.ts'

/** The account of the caller; throws SESSION_ENDED where it is gone since the access token was issued. */
export const findCurrentUser = async (actor: Actor, loader: UserLoader): Promise<SeenUser> => {
  const user = await loader.load(userId.parse(requireUser(actor).id))
  if (user === undefined) throw sessionEnded()
  return { user, viewer: actor }
}
