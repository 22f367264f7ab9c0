import { type AppError, conflict, inputInvalid, unauthenticated } from '@neotool/kit/errors'
import type { Database, Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import type { FactorStore } from './factor-store.ts'
import type { SecondFactor } from './generated/graphql.ts'
import type { Passkey } from './passkey.ts'
import type { PasskeyStore } from './passkey-store.ts'
import { isShort, type Password } from './password.ts'
import type { UserId } from './user.ts'

/** What somebody has beside their password. */
export type Factors = {
  readonly totpSince: Date | null
  readonly recoveryCodesLeft: number
  readonly passkeys: readonly Passkey[]
}

type Stores = { readonly factors: FactorStore; readonly passkeys: PasskeyStore }

export const factorsOf = async (
  database: Database<Tables>,
  { factors, passkeys }: Stores,
  userId: UserId,
): Promise<Factors> => {
  const totp = await factors.findTotp(database, userId)
  return {
    totpSince: totp?.confirmedAt ?? null,
    recoveryCodesLeft: await factors.countRecoveryCodes(database, userId),
    passkeys: await passkeys.listOf(database, userId),
  }
}

/** Whether a password alone does not let its owner in. Recovery codes are no factor of their own: they stand in for one. */
export const areOn = ({ totpSince, passkeys }: Factors): boolean => totpSince !== null || passkeys.length > 0

export const methodsOf = (present: Factors): SecondFactor[] => [
  ...(present.totpSince === null ? [] : (['TOTP'] as const)),
  ...(present.passkeys.length === 0 ? [] : (['PASSKEY'] as const)),
  ...(present.recoveryCodesLeft === 0 ? [] : (['RECOVERY_CODE'] as const)),
]

/**
 * Cleans up after a factor was removed: without any other the recovery codes go. Throws PASSWORD_TOO_SHORT_ALONE where what
 * is left is a password that is too short to stand alone.
 */
export const afterRemoval = async (
  tx: Tx<Tables>,
  stores: Stores,
  userId: UserId,
  { hasShortPassword }: { hasShortPassword: boolean },
): Promise<Factors> => {
  const left = await factorsOf(tx, stores, userId)
  if (areOn(left)) return left
  if (hasShortPassword) throw passwordTooShortAlone()
  await stores.factors.replaceRecoveryCodes(tx, userId, [])
  return { ...left, recoveryCodesLeft: 0 }
}

/** Throws INPUT_INVALID for a password that needs a second factor beside it where there is none. */
export const refuseShortAlone = async (
  database: Database<Tables>,
  stores: Stores,
  userId: UserId,
  chosen: { readonly field: string; readonly password: Password },
): Promise<void> => {
  if (!isShort(chosen.password) || areOn(await factorsOf(database, stores, userId))) return
  throw inputInvalid([{ path: chosen.field, message: 'must have at least 15 characters while no second factor is on' }])
}

const passwordTooShortAlone = (): AppError =>
  conflict(
    'PASSWORD_TOO_SHORT_ALONE',
    'Your password is too short to be the only proof. Change it to one of at least 15 characters first.',
  )

/** One answer for a wrong code, one that was used, and one of a factor that is not on. */
export const secondFactorWrong = (): AppError =>
  unauthenticated('SECOND_FACTOR_WRONG', 'This is wrong, or was used before.')

/** One answer for a passkey that is unknown, another's or another site's, and for what it did not sign. */
export const passkeyWrong = (): AppError => unauthenticated('PASSKEY_WRONG', 'This passkey does not open the account.')

export const passkeyInvalid = (): AppError =>
  inputInvalid([{ path: 'response', message: 'is not a new passkey for this site' }])
