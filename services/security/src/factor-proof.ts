/** What somebody gives to prove a factor, and whether it is right. */
import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import { addEvent } from '@neotool/kit/events/outbox'
import type { Tx } from '@neotool/kit/postgres'
import type { Trace } from '@neotool/kit/telemetry'
import { z } from 'zod'
import { afterFailure } from './code-attempts.ts'
import type { DataCipher } from './data-cipher.ts'
import type { Tables } from './database.ts'
import type { FactorStore } from './factor-store.ts'
import type { Assertion } from './passkey-response.ts'
import { plainRecoveryCode } from './recovery-code.ts'
import { findStep } from './totp.ts'
import { type PasskeyDeps, usePasskey } from './use-passkey.ts'
import type { UserId } from './user.ts'

// Longer than any code with blanks between its letters.
const typedCode = z.string().max(100, 'must have at most 100 characters')

export const proofFields = { totpCode: typedCode.nullish(), recoveryCode: typedCode.nullish() } as const

/** Exactly one of them is there. */
export type FactorProof = {
  readonly totpCode?: string | null | undefined
  readonly recoveryCode?: string | null | undefined
  readonly passkey?: Assertion | null | undefined
}

/** For a schema whose fields but those named are proofs: exactly one of them has to be there. */
export const hasOneOf =
  (...names: readonly string[]) =>
  (input: Readonly<Record<string, unknown>>): boolean =>
    names.filter((name) => input[name] !== null && input[name] !== undefined).length === 1

export type Outcome = 'right' | 'wrong' | { readonly lockedUntil: Date }

type Deps = PasskeyDeps & { readonly factors: FactorStore; readonly dataCipher: DataCipher }
type Attempt = { readonly userId: UserId; readonly at: Date; readonly trace: Trace }
/** `nonce` is what a passkey has to sign. */
type FactorAttempt = Attempt & { readonly nonce: Buffer }

/**
 * Tries a second factor and uses it up. The user must be locked; the transaction has to be committed however it went, because
 * it counts what was wrong.
 */
export const tryFactor = async (
  tx: Tx<Tables>,
  deps: Deps,
  attempt: FactorAttempt,
  { totpCode, recoveryCode, passkey }: FactorProof,
): Promise<Outcome> => {
  if (typeof totpCode === 'string') {
    return countingFailures(tx, deps, attempt, () => useTotpCode(tx, deps, attempt, totpCode))
  }
  if (passkey) return (await usePasskey(tx, deps, attempt, passkey)) === undefined ? 'wrong' : 'right'
  return useRecoveryCode(tx, deps, attempt, recoveryCode ?? '')
}

const useTotpCode = async (tx: Tx<Tables>, deps: Deps, { userId, at }: Attempt, code: string): Promise<boolean> => {
  const totp = await deps.factors.findTotp(tx, userId)
  if (totp === undefined || totp.confirmedAt === null) return false
  const secret = deps.dataCipher.open(totp.sealedSecret, userId)
  const step = findStep(secret, code, { now: at, lastUsedStep: totp.lastUsedStep })
  if (step === undefined) return false
  await deps.factors.useStep(tx, userId, step)
  return true
}

// Not locked with what can be guessed: 80 bits cannot, and somebody locked out by a thief must have a way in.
const useRecoveryCode = async (
  tx: Tx<Tables>,
  { factors, dataCipher }: Deps,
  { userId, trace }: Attempt,
  typed: string,
): Promise<Outcome> => {
  const code = plainRecoveryCode(typed)
  if (code === undefined) return 'wrong'
  if (!(await factors.takeRecoveryCode(tx, userId, dataCipher.hash(code, userId)))) return 'wrong'
  const data = { userId, kind: 'recovery-code-used' } as const
  await addEvent(tx, mailRequestedV1, { subject: userId, data, trace })
  return 'right'
}

/**
 * Runs a check of something that can be guessed, unless too many were wrong before; tells the owner when that begins. The
 * user must be locked.
 */
export const countingFailures = async (
  tx: Tx<Tables>,
  { factors }: Pick<Deps, 'factors'>,
  { userId, at, trace }: Attempt,
  check: () => boolean | Promise<boolean>,
): Promise<Outcome> => {
  const attempts = await factors.findAttempts(tx, userId)
  if (attempts.lockedUntil !== null && at < attempts.lockedUntil) return { lockedUntil: attempts.lockedUntil }
  if (await check()) {
    if (attempts.failures > 0) await factors.forgetAttempts(tx, userId)
    return 'right'
  }
  const next = afterFailure(attempts, at)
  await factors.saveAttempts(tx, userId, next)
  if (next.lockedUntil !== null) {
    const data = { userId, kind: 'codes-locked' } as const
    await addEvent(tx, mailRequestedV1, { subject: userId, data, trace })
  }
  return 'wrong'
}
