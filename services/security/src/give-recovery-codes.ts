import type { Tx } from '@neotool/kit/postgres'
import type { DataCipher } from './data-cipher.ts'
import type { Tables } from './database.ts'
import type { FactorStore } from './factor-store.ts'
import { newRecoveryCodes, plainRecoveryCode } from './recovery-code.ts'
import type { UserId } from './user.ts'

type Deps = { readonly factors: FactorStore; readonly dataCipher: DataCipher }

/** New codes in place of the former; only their hashes are kept. The user must be locked. */
export const replaceRecoveryCodes = async (
  tx: Tx<Tables>,
  { factors, dataCipher }: Deps,
  userId: UserId,
): Promise<readonly string[]> => {
  const codes = newRecoveryCodes()
  const hashes = codes.map((code) => dataCipher.hash(plainRecoveryCode(code) ?? '', userId))
  await factors.replaceRecoveryCodes(tx, userId, hashes)
  return codes
}

/** Codes for an account that has none, as with its first factor; null where it has some. */
export const giveRecoveryCodes = async (
  tx: Tx<Tables>,
  deps: Deps,
  userId: UserId,
): Promise<readonly string[] | null> =>
  (await deps.factors.countRecoveryCodes(tx, userId)) > 0 ? null : replaceRecoveryCodes(tx, deps, userId)
