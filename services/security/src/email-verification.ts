import { AppError } from '@neotool/kit/errors'
import { type NewLinkToken, newLinkToken } from './link-token.ts'

// Long enough for somebody who signs up in the morning and reads mail after work.
const LIFE_MS = 8 * 60 * 60 * 1_000

/** What a link that is sent now carries, and until when it is good. */
export const newVerification = (now: Date): NewLinkToken => newLinkToken(LIFE_MS, now)

/** One answer for a token that is wrong, used, too old or replaced: nobody learns which. */
export const verificationTokenInvalid = (): AppError =>
  new AppError({
    kind: 'invalid',
    reason: 'VERIFICATION_TOKEN_INVALID',
    message: 'This link is not good any more: it was used, it is older than eight hours, or a newer one was sent.',
  })
