/** One-time codes of an authenticator app, RFC 6238: six digits of HMAC-SHA-1 every 30 seconds, as every such app knows them. */
import { randomBytes } from 'node:crypto'
import { Secret, TOTP, URI } from 'otpauth'

const ISSUER = 'Neotool'
const PERIOD_SECONDS = 30
const DIGITS = 6
// Clocks of phones differ, and people type slowly.
const WINDOW_STEPS = 1
// RFC 4226, section 4, R6: at least 128 bits, better 160.
const SECRET_BYTES = 20

export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES)

/** The secret as people type it and as QR codes carry it. */
export const showTotpSecret = (secret: Buffer, email: string): { secret: string; otpauthUri: string } => {
  const totp = totpOf(secret, email)
  return { secret: totp.secret.base32, otpauthUri: URI.stringify(totp) }
}

/**
 * The time step of a code, or undefined where it is wrong. One that is not after `lastUsedStep` was good before, and is good
 * no more (RFC 6238, section 5.2).
 */
export const findStep = (
  secret: Buffer,
  code: string,
  { now, lastUsedStep }: { now: Date; lastUsedStep: number | null },
): number | undefined => {
  const digits = code.replaceAll(/\s/g, '')
  if (!/^\d{6}$/.test(digits)) return undefined
  const timestamp = now.getTime()
  const delta = totpOf(secret, '').validate({ token: digits, timestamp, window: WINDOW_STEPS })
  if (delta === null) return undefined
  const step = TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + delta
  return lastUsedStep === null || step > lastUsedStep ? step : undefined
}

const totpOf = (secret: Buffer, label: string): TOTP =>
  new TOTP({
    issuer: ISSUER,
    label,
    algorithm: 'SHA1',
    digits: DIGITS,
    period: PERIOD_SECONDS,
    secret: new Secret({ buffer: Uint8Array.from(secret).buffer }),
  })
