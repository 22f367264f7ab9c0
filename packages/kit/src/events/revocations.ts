import { type Revocation, revocations } from '@neotool/contracts/events/tables'
import type { FindRevocation } from '../auth.ts'
import type { Logger } from '../telemetry.ts'
import type { Kafka } from './kafka.ts'
import { startTableReader, type TableReader } from './table-reader.ts'

export type Revocations = TableReader & {
  readonly findRevocation: FindRevocation
}

// No access token lives longer than 15 minutes, so after that a revocation has nothing left to refuse.
const KEPT_MS = 20 * 60_000

/** Starts to follow which sessions were ended and who lost rights. Until it has caught up once, this process must not be sent requests. */
export const startRevocations = (kafka: Kafka, log: Logger): Revocations => {
  const known = new Map<string, Revocation>()
  const forgetOld = (): void => {
    // Entries come in the order of their time, so the old ones are first.
    for (const [id, { revokedAt }] of known) {
      if (Date.parse(revokedAt) > Date.now() - KEPT_MS) return
      known.delete(id)
    }
  }
  const reader = startTableReader({
    table: revocations,
    kafka,
    log,
    onEntry: (id, entry) => {
      forgetOld()
      // A relay that stood still may publish an old entry after a newer one.
      if (entry === undefined || versionOf(known.get(id)) > versionOf(entry)) return
      // Taken out first, so that it comes last: the order of their times is the order in the map.
      known.delete(id)
      known.set(id, entry)
    },
  })
  const findRevocation: FindRevocation = ({ tokenId, sessionId, principalIds, groupIds, rightsVersion }) => {
    if (known.has(tokenId)) return 'token'
    if (sessionId !== undefined && known.has(sessionId)) return 'session'
    const hasLostRights = [...principalIds, ...groupIds].some((id) => versionOf(known.get(id)) > rightsVersion)
    return hasLostRights ? 'rights' : undefined
  }
  return { ...reader, findRevocation }
}

const versionOf = (revocation: Revocation | undefined): number =>
  revocation !== undefined && 'rightsVersion' in revocation ? revocation.rightsVersion : 0
