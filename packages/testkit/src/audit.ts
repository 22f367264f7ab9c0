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

const PERSONAL = {
  'an e-mail': /[^\s"]+@[^\s"]+/,
  'an IPv4 address': /\b\d{1,3}(?:\.\d{1,3}){3}\b/,
  'a token': /\beyJ[\w-]+\./,
} as const

/** What in the audit trail must not be there, for it cannot be taken out again; `names` are those of the people in it. */
export const personalDataIn = (audited: readonly Audited[], names: readonly string[] = []): readonly string[] =>
  audited.flatMap((row) => {
    const text = JSON.stringify(row)
    const kinds = Object.entries(PERSONAL).filter(([, pattern]) => pattern.test(text))
    const known = names.filter((name) => text.includes(name))
    return [...kinds.map(([kind]) => kind), ...known].map((what) => `${what}: ${text}`)
  })
