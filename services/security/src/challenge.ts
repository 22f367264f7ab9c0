import { randomBytes } from 'node:crypto'
import { type AppError, unauthenticated } from '@neotool/kit/errors'
import type { z } from 'zod'
import { opaqueToken, randomToken } from './opaque-token.ts'
import type { UserId } from './user.ts'

// Time enough to find the phone or the key.
const LIFE_MS = 5 * 60_000
/** So many wrong answers end a challenge. */
export const MOST_FAILURES = 5

/** What the answer to a challenge is for; it is good for nothing else. */
export type ChallengePurpose = 'second-factor' | 'passkey-sign-in' | 'passkey-registration' | 'step-up'

export const challengeToken = opaqueToken.brand<'ChallengeToken'>()
export type ChallengeToken = z.output<typeof challengeToken>

export type Challenge = {
  readonly purpose: ChallengePurpose
  /** Who has to answer; undefined where the answer itself tells. */
  readonly userId: UserId | undefined
  /** What a passkey has to sign. */
  readonly nonce: Buffer
  /** Of a sign-in: whether its session is to be remembered. */
  readonly isRemembered: boolean
  readonly failures: number
}

export type NewChallenge = Omit<Challenge, 'failures'> & { readonly token: ChallengeToken; readonly expiresAt: Date }

/** A challenge that begins now; its token is told to the caller alone. */
export const newChallenge = (
  { purpose, userId, isRemembered = false }: { purpose: ChallengePurpose; userId?: UserId; isRemembered?: boolean },
  now: Date,
): NewChallenge => ({
  purpose,
  userId,
  isRemembered,
  nonce: randomBytes(32),
  token: challengeToken.parse(randomToken()),
  expiresAt: new Date(now.getTime() + LIFE_MS),
})

/** One answer for a challenge that is unknown, used, too old, another's, or was answered wrongly too often. */
export const challengeEnded = (): AppError =>
  unauthenticated('CHALLENGE_ENDED', 'This took too long, or was wrong too often. Begin again.')
