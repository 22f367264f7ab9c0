/**
 * What administration may never do, whatever permissions somebody holds and whatever the policies say: they could be changed
 * so that they allow it.
 */
import { AppError } from '@neotool/kit/errors'

const refused = (reason: string, message: string): AppError => new AppError({ kind: 'forbidden', reason, message })

/** Throws PERMISSION_NOT_HELD unless every permission that is given or taken is among those that the actor holds. */
export const requireHeld = (held: readonly string[], moved: readonly string[]): void => {
  const missing = new Set(moved).difference(new Set(held))
  if (missing.size === 0) return
  throw refused(
    'PERMISSION_NOT_HELD',
    `Nobody gives or takes a right that they do not hold for as long themself. You lack ${[...missing].join(', ')}.`,
  )
}

export const ownAccount = (): AppError => refused('OWN_ACCOUNT', 'Nobody disables their own account.')

export const baseGroup = (): AppError => refused('BASE_GROUP', 'This group belongs to every installation.')

export const baseRole = (): AppError =>
  refused('BASE_ROLE', 'This role belongs to every installation, and Administrator holds every permission.')
