import type { Caller } from '@neotool/kit/caller'
import { notFound } from '@neotool/kit/errors'
import { type ChangeFactorsDeps, changeFactors } from '../change-factors.ts'
import { afterRemoval, type Factors } from '../factors.ts'
import { noteFactor } from '../note-factor.ts'

/** Turns codes of an app off. Throws TOTP_OFF where they are not on. */
export const removeTotp =
  (deps: ChangeFactorsDeps) =>
  (caller: Caller): Promise<Factors> =>
    changeFactors(deps, caller, async (tx, owner) => {
      const { userId } = owner
      const present = await deps.factors.findTotp(tx, userId)
      if (present === undefined || present.confirmedAt === null)
        throw notFound('TOTP_OFF', 'Codes of an app are not on.')
      await deps.factors.removeTotp(tx, userId)
      const left = await afterRemoval(tx, deps, userId, owner)
      await noteFactor(tx, deps.audit, owner, { action: 'security:totp:remove', mail: 'totp-removed' }, caller.trace)
      return left
    })
