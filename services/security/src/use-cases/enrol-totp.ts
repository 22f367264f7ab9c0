import type { Caller } from '@neotool/kit/caller'
import { conflict } from '@neotool/kit/errors'
import { type ChangeFactorsDeps, changeFactors } from '../change-factors.ts'
import type { DataCipher } from '../data-cipher.ts'
import type { EnrolTotpPayload } from '../generated/graphql.ts'
import { newTotpSecret, showTotpSecret } from '../totp.ts'

type Deps = ChangeFactorsDeps & { readonly dataCipher: DataCipher }

/** Makes a secret and shows it once; it changes nothing until confirmTotp. Throws TOTP_ON where codes are on already. */
export const enrolTotp =
  (deps: Deps) =>
  (caller: Caller): Promise<EnrolTotpPayload> =>
    changeFactors(deps, caller, async (tx, { userId, at }) => {
      const present = await deps.factors.findTotp(tx, userId)
      if (present !== undefined && present.confirmedAt !== null) {
        throw conflict('TOTP_ON', 'Codes of an app are on already. Remove them before you set up another app.')
      }
      const secret = newTotpSecret()
      await deps.factors.replacePendingTotp(tx, userId, deps.dataCipher.seal(secret, userId), at)
      const user = await deps.users.find(tx, userId)
      return showTotpSecret(secret, user?.email ?? '')
    })
