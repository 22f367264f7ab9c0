import type { Actor } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Database } from '@neotool/kit/postgres'
import { canonicalJson, contentOf } from '../audit-chain.ts'
import { parseAuditFilter } from '../audit-filter.ts'
import type { AuditFilter, AuditStore } from '../audit-store.ts'
import type { Tables } from '../database.ts'

type Deps = { database: Database<Tables>; auditLog: AuditStore; authorizer: Authorizer }

const BATCH = 500

/**
 * What was recorded until now, oldest first, as JSON Lines; without a filter whoever has all lines can check the chain by
 * themself. Refuses before the first line; never holds more than a batch.
 */
export const exportAuditEvents = ({ database, auditLog, authorizer }: Deps) => {
  async function* lines(filter: AuditFilter): AsyncGenerator<string> {
    const { sequence: end } = await auditLog.readHead(database)
    for (let last = 0; ; ) {
      const rows = await auditLog.readAfter(database, last, { limit: BATCH, filter })
      for (const row of rows) {
        if (row.sequence > end) return
        yield `${canonicalJson({ ...contentOf(row), hash: row.hash.toString('hex') })}\n`
        last = row.sequence
      }
      if (rows.length < BATCH) return
    }
  }
  return (actor: Actor, filter: unknown): AsyncGenerator<string> => {
    authorizer.authorize(actor, 'security:audit:view', { type: 'AuditEvent' })
    return lines(parseAuditFilter(filter))
  }
}
