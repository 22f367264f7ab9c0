import type { Audited } from '@neotool/contracts/events/audit'
import type { Envelope } from '@neotool/contracts/events/event'
import type { EventTables } from '@neotool/kit/events/event-tables'
import type { Database } from '@neotool/kit/postgres'

/** What a service has written for the audit log so far, oldest first. */
export const auditedIn = async <Tables extends EventTables>(
  database: Database<Tables>,
): Promise<readonly Audited[]> => {
  const rows = await (database as unknown as Database<EventTables>)
    .selectFrom('outbox')
    .select('value')
    .where('topic', 'like', 'neotool.%.audit')
    .orderBy('position')
    .execute()
  return rows.map(({ value }) => (value as Envelope).data as Audited)
}
