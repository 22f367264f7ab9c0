import type { Caller } from '@neotool/kit/caller'
import { type ChangeFactorsDeps, changeFactors } from '../change-factors.ts'
import { afterRemoval, type Factors } from '../factors.ts'
import type { RemovePasskeyInput } from '../generated/graphql.ts'
import { noteFactor } from '../note-factor.ts'
import { passkeyId, passkeyNotFound } from '../passkey.ts'
import type { PasskeyDeps } from '../use-passkey.ts'

/** Forgets one of the caller's passkeys; of others, and unknown: PASSKEY_NOT_FOUND. */
export const removePasskey =
  (deps: ChangeFactorsDeps & PasskeyDeps) =>
  (caller: Caller, input: RemovePasskeyInput): Promise<Factors> =>
    changeFactors(deps, caller, async (tx, owner) => {
      const id = passkeyId.safeParse(input.id)
      if (!id.success || !(await deps.passkeys.remove(tx, owner.userId, id.data))) throw passkeyNotFound()
      const left = await afterRemoval(tx, deps, owner.userId, owner)
      await noteFactor(
        tx,
        deps.audit,
        owner,
        { action: 'security:passkey:remove', mail: 'passkey-removed' },
        caller.trace,
      )
      return left
    })
