import { type AppError, limited } from '@neotool/kit/errors'
import type { CodeAttempts } from './factor-store.ts'

// Whoever has the password and guesses codes gets 1 in 300,000 right; few people mistype ten times on end.
const FREE_FAILURES = 9
const MINUTE_MS = 60_000
const FIRST_LOCK_MS = 15 * MINUTE_MS
// Not longer: whoever guesses must not keep the owner out for days.
const LONGEST_LOCK_MS = 60 * MINUTE_MS

/** What one more wrong code makes of the attempts: from the tenth on, each locks codes for longer. */
export const afterFailure = ({ failures }: CodeAttempts, at: Date): CodeAttempts => {
  const next = failures + 1
  if (next <= FREE_FAILURES) return { failures: next, lockedUntil: null }
  const lockMs = Math.min(FIRST_LOCK_MS * 2 ** (next - FREE_FAILURES - 1), LONGEST_LOCK_MS)
  return { failures: next, lockedUntil: new Date(at.getTime() + lockMs) }
}

export const codesLocked = (until: Date, now: Date): AppError => {
  const seconds = Math.ceil((until.getTime() - now.getTime()) / 1_000)
  return limited('TOO_MANY_CODES', 'There were too many wrong codes. Try again later, or another way.', seconds)
}
