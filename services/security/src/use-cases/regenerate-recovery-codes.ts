import type { Caller } from '@neotool/kit/caller'
import { conflict } from '@neotool/kit/errors'
import { type ChangeFactorsDeps, changeFactors } from '../change-factors.ts'
import type { DataCipher } from '../data-cipher.ts'
import { areOn, type Factors, factorsOf } from '../factors.ts'
import { replaceRecoveryCodes } from '../give-recovery-codes.ts'
import { noteFactor } from '../note-factor.ts'

type Deps = ChangeFactorsDeps & { readonly dataCipher: DataCipher }

/** Makes ten new recovery codes in place of the former. Throws SECOND_FACTOR_OFF where there is nothing to recover. */
export const regenerateRecoveryCodes =
  (deps: Deps) =>
  (caller: Caller): Promise<{ factors: Factors; recoveryCodes: readonly string[] }> =>
    changeFactors(deps, caller, async (tx, owner) => {
      const { userId } = owner
      if (!areOn(await factorsOf(tx, deps, userId))) throw conflict('SECOND_FACTOR_OFF', 'No second factor is on.')
      const recoveryCodes = await replaceRecoveryCodes(tx, deps, userId)
      const change = { action: 'security:recoverycodes:replace', mail: 'recovery-codes-replaced' } as const
      await noteFactor(tx, deps.audit, owner, change, caller.trace)
      return { factors: await factorsOf(tx, deps, userId), recoveryCodes }
    })
