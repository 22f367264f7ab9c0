import type { Envelope } from '@neotool/contracts/events/event'
import type { ColumnType, Generated } from 'kysely'

/** The tables of kit's own migrations; a service's `Tables` extends this. */
export type EventTables = {
  outbox: {
    position: Generated<string>
    id: string
    topic: string
    key: string
    value: ColumnType<unknown, string, never>
    created_at: Generated<Date>
    published_at: Date | null
  }
  outbox_lease: { only_one: Generated<boolean>; holder: string | null; expires_at: Date }
  inbox: {
    consumer: string
    event_id: string
    position: Generated<string>
    topic: string
    key: string
    state: 'done' | 'parked' | 'dead'
    event: ColumnType<Envelope | null, string | null, null>
    attempts: Generated<number>
    next_attempt_at: Date | null
    last_error: string | null
    received_at: Generated<Date>
  }
}
