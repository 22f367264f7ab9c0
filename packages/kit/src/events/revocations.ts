import { revocations } from '@neotool/contracts/events/tables'
import type { Logger } from '../telemetry.ts'
import type { Kafka } from './kafka.ts'
import { startTableReader, type TableReader } from './table-reader.ts'

export type Revocations = TableReader & {
  /** Whether the session was ended, so that its access tokens are to be refused. */
  isRevoked(sessionId: string): boolean
}

// No access token lives longer than 15 minutes, so after that a revocation has nothing left to refuse.
const KEPT_MS = 20 * 60_000

/** Starts to follow which sessions were ended. Until it has caught up once, this process must not be sent requests. */
export const startRevocations = (kafka: Kafka, log: Logger): Revocations => {
  const revokedAt = new Map<string, number>()
  const forgetOld = (): void => {
    // Entries come in the order of their time, so the old ones are first.
    for (const [sessionId, at] of revokedAt) {
      if (at > Date.now() - KEPT_MS) return
      revokedAt.delete(sessionId)
    }
  }
  const reader = startTableReader({
    table: revocations,
    kafka,
    log,
    onEntry: (sessionId, entry) => {
      forgetOld()
      if (entry !== undefined) revokedAt.set(sessionId, Date.parse(entry.revokedAt))
    },
  })
  return { ...reader, isRevoked: (sessionId) => revokedAt.has(sessionId) }
}
