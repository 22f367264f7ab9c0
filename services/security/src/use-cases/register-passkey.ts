import type { Caller } from '@neotool/kit/caller'
import { parseInput, singleLine } from '@neotool/kit/input'
import { z } from 'zod'
import { challengeEnded, challengeToken } from '../challenge.ts'
import type { ChallengeStore } from '../challenge-store.ts'
import { type ChangeFactorsDeps, changeFactors, trustThisSession } from '../change-factors.ts'
import type { DataCipher } from '../data-cipher.ts'
import { type Factors, factorsOf, passkeyInvalid } from '../factors.ts'
import type { RegisterPasskeyInput } from '../generated/graphql.ts'
import { giveRecoveryCodes } from '../give-recovery-codes.ts'
import type { GroupStore } from '../group-store.ts'
import { noteFactor } from '../note-factor.ts'
import { MOST_PASSKEYS, tooManyPasskeys } from '../passkey.ts'
import { attestationJson } from '../passkey-response.ts'
import type { PasskeyDeps } from '../use-passkey.ts'

type Deps = ChangeFactorsDeps &
  PasskeyDeps & {
    readonly challenges: ChallengeStore
    readonly groups: GroupStore
    readonly dataCipher: DataCipher
  }

const entered = z.object({ challenge: z.string(), response: attestationJson, name: singleLine(100) })

/** Adds the passkey that the caller's device has made, and gives recovery codes where the account has none. */
export const registerPasskey =
  (deps: Deps) =>
  async (
    caller: Caller,
    input: RegisterPasskeyInput,
  ): Promise<{ factors: Factors; recoveryCodes: readonly string[] | null }> => {
    const { challenges, passkeys, relyingParty } = deps
    const registered = await changeFactors(deps, caller, async (tx, owner) => {
      const { challenge: given, response, name } = parseInput(entered, input)
      const { userId, at } = owner
      const token = challengeToken.safeParse(given)
      if (!token.success) throw challengeEnded()
      const challenge = await challenges.lock(tx, token.data, 'passkey-registration', at)
      if (challenge?.userId !== userId) throw challengeEnded()
      // Used up also by what is wrong, so a refusal is a value: an error would roll that back.
      await challenges.remove(tx, token.data)
      const credential = await relyingParty.verifyAttestation(response, challenge.nonce)
      if (credential === undefined) return { refused: passkeyInvalid() }
      if ((await passkeys.listOf(tx, userId)).length >= MOST_PASSKEYS) throw tooManyPasskeys()
      await passkeys.insert(tx, { ...credential, userId, name, createdAt: at })
      const recoveryCodes = await giveRecoveryCodes(tx, deps, userId)
      await trustThisSession(tx, deps, owner)
      await noteFactor(tx, deps.audit, owner, { action: 'security:passkey:add', mail: 'passkey-added' }, caller.trace)
      return { factors: await factorsOf(tx, deps, userId), recoveryCodes }
    })
    if ('refused' in registered) throw registered.refused
    return registered
  }
