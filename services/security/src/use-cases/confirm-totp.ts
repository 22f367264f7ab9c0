import type { Caller } from '@neotool/kit/caller'
import { conflict } from '@neotool/kit/errors'
import { parseInput } from '@neotool/kit/input'
import { z } from 'zod'
import { type ChangeFactorsDeps, changeFactors, trustThisSession } from '../change-factors.ts'
import type { DataCipher } from '../data-cipher.ts'
import { type Factors, factorsOf, secondFactorWrong } from '../factors.ts'
import type { ConfirmTotpInput } from '../generated/graphql.ts'
import { giveRecoveryCodes } from '../give-recovery-codes.ts'
import type { GroupStore } from '../group-store.ts'
import { noteFactor } from '../note-factor.ts'
import { findStep } from '../totp.ts'

type Deps = ChangeFactorsDeps & { readonly groups: GroupStore; readonly dataCipher: DataCipher }

const entered = z.object({ code: z.string().max(100, 'must have at most 100 characters') })

/** Turns codes of an app on, with the first of them, and gives recovery codes where the account has none. */
export const confirmTotp =
  (deps: Deps) =>
  (caller: Caller, input: ConfirmTotpInput): Promise<{ factors: Factors; recoveryCodes: readonly string[] | null }> =>
    changeFactors(deps, caller, async (tx, owner) => {
      const { code } = parseInput(entered, input)
      const { userId, at } = owner
      const pending = await deps.factors.findTotp(tx, userId)
      if (pending === undefined || pending.confirmedAt !== null) {
        throw conflict('TOTP_NOT_PENDING', 'There is nothing to confirm. Begin with enrolTotp.')
      }
      const secret = deps.dataCipher.open(pending.sealedSecret, userId)
      const step = findStep(secret, code, { now: at, lastUsedStep: null })
      if (step === undefined) throw secondFactorWrong()
      await deps.factors.confirmTotp(tx, userId, step, at)
      const recoveryCodes = await giveRecoveryCodes(tx, deps, userId)
      await trustThisSession(tx, deps, owner)
      await noteFactor(tx, deps.audit, owner, { action: 'security:totp:add', mail: 'totp-added' }, caller.trace)
      return { factors: await factorsOf(tx, deps, userId), recoveryCodes }
    })
