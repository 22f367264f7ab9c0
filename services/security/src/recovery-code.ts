import { randomBytes } from 'node:crypto'
import { Secret } from 'otpauth'

export const RECOVERY_CODES = 10
// 80 bits are 16 letters of base32, four groups of four.
const CODE_BYTES = 10

/** Codes that get somebody in whose phone or key is gone, one each time. */
export const newRecoveryCodes = (): readonly string[] => Array.from({ length: RECOVERY_CODES }, newCode)

const newCode = (): string => {
  const letters = new Secret({ buffer: Uint8Array.from(randomBytes(CODE_BYTES)).buffer }).base32
  return (letters.toLowerCase().match(/.{4}/g) ?? []).join('-')
}

/** A code as it is hashed, however it was typed; undefined for what cannot be one. */
export const plainRecoveryCode = (typed: string): string | undefined => {
  if (typed.length > 100) return undefined
  const letters = typed.replaceAll(/[\s-]/g, '').toLowerCase()
  return /^[a-z2-7]{16}$/.test(letters) ? letters : undefined
}
