import { type AppError, conflict, notFound } from '@neotool/kit/errors'
import { id } from '@neotool/kit/input'
import type { z } from 'zod'
import type { UserId } from './user.ts'

export const passkeyId = id.brand<'PasskeyId'>()
export type PasskeyId = z.output<typeof passkeyId>

/** More than anybody has devices; a bound, because all of them go into one answer. */
export const MOST_PASSKEYS = 20

/** A WebAuthn credential: its private key stays in a device or a password manager, for this site alone. */
export type Passkey = {
  readonly id: PasskeyId
  readonly userId: UserId
  /** What its owner calls it. */
  readonly name: string
  readonly credentialId: Buffer
  readonly publicKey: Buffer
  readonly signatureCount: number
  readonly transports: readonly string[]
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
}

export type NewPasskey = Omit<Passkey, 'id' | 'lastUsedAt'>

export const passkeyKnown = (): AppError => conflict('PASSKEY_KNOWN', 'This passkey is in use already.')

export const tooManyPasskeys = (): AppError =>
  conflict('PASSKEYS_TOO_MANY', `An account has at most ${MOST_PASSKEYS} passkeys. Remove one first.`)

export const passkeyNotFound = (): AppError => notFound('PASSKEY_NOT_FOUND', 'You have no such passkey.')
