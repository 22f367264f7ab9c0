import type { Caller } from '@neotool/kit/caller'
import { newChallenge } from '../challenge.ts'
import type { ChallengeStore } from '../challenge-store.ts'
import { type ChangeFactorsDeps, changeFactors } from '../change-factors.ts'
import type { PasskeyChallenge } from '../generated/graphql.ts'
import { MOST_PASSKEYS, tooManyPasskeys } from '../passkey.ts'
import type { PasskeyDeps } from '../use-passkey.ts'

type Deps = ChangeFactorsDeps & PasskeyDeps & { readonly challenges: ChallengeStore }

/** What the caller's device has to sign to become a passkey. */
export const beginPasskeyRegistration =
  (deps: Deps) =>
  (caller: Caller): Promise<PasskeyChallenge> =>
    changeFactors(deps, caller, async (tx, { userId, at }) => {
      const [user, present] = [await deps.users.find(tx, userId), await deps.passkeys.listOf(tx, userId)]
      if (present.length >= MOST_PASSKEYS) throw tooManyPasskeys()
      const { token, nonce, expiresAt, ...rest } = newChallenge({ purpose: 'passkey-registration', userId }, at)
      await deps.challenges.insert(tx, { token, nonce, expiresAt, ...rest })
      const { email = '', displayName = '' } = user ?? {}
      const options = await deps.relyingParty.registrationOptions({ id: userId, email, displayName }, nonce, present)
      return { token, options, expiresAt }
    })
