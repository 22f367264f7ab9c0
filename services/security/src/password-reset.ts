import { AppError } from '@neotool/kit/errors'
import { type NewLinkToken, newLinkToken } from './link-token.ts'

// Whoever asks for it waits for it; whoever finds the mail later must not be able to use it.
const LIFE_MS = 60 * 60 * 1_000

/** What a link that is sent now carries, and until when it is good. */
export const newPasswordReset = (now: Date): NewLinkToken => newLinkToken(LIFE_MS, now)

/** One answer for a token that is wrong, used, too old or replaced: nobody learns which. */
export const resetTokenInvalid = (): AppError =>
  new AppError({
    kind: 'invalid',
    reason: 'RESET_TOKEN_INVALID',
    message: 'This link is not good any more: it was used, it is older than an hour, or a newer one was sent.',
  })
