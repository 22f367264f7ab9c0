import type { Database } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import { stores } from './stores.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
const KEPT_SESSIONS_MS = 30 * DAY_MS

export type Purged = {
  readonly sessions: number
  readonly linkTokens: number
  readonly challenges: number
  readonly attempts: number
}

/**
 * Deletes sessions that have been over for 30 days, with the addresses and devices that they were used from, and links, challenges
 * and counters of attempts that mean nothing any more; answers how many rows.
 */
export const purgeExpired = async (database: Database<Tables>, now: Date): Promise<Purged> => ({
  sessions: await stores.sessions.deleteOver(database, new Date(now.getTime() - KEPT_SESSIONS_MS)),
  linkTokens:
    (await stores.emailVerifications.deleteExpired(database, now)) +
    (await stores.passwordResets.deleteExpired(database, now)),
  challenges: await stores.challenges.deleteExpired(database, now),
  attempts: (await stores.signInFailures.deleteForgotten(database, now)) + (await deleteOldCounters(database, now)),
})

/** The limiter's times are milliseconds of its own clock. */
const deleteOldCounters = async (database: Database<Tables>, now: Date): Promise<number> => {
  const result = await database.deleteFrom('rate_limits').where('expire', '<', String(now.getTime())).executeTakeFirst()
  return Number(result.numDeletedRows)
}
