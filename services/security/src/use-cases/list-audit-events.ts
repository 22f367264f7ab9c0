import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Connection, type PageArgs, parsePage, toConnection } from '@neotool/kit/connection'
import type { Database } from '@neotool/kit/postgres'
import type { ChainedRecord } from '../audit-chain.ts'
import { parseAuditFilter } from '../audit-filter.ts'
import { AUDIT_ORDER, type AuditStore } from '../audit-store.ts'
import type { Tables } from '../database.ts'

type Deps = { database: Database<Tables>; auditLog: AuditStore; authorizer: Authorizer }

/** What was recorded, newest first, as a Relay connection. */
export const listAuditEvents =
  ({ database, auditLog, authorizer }: Deps) =>
  async (
    { actor }: Caller,
    { filter, ...pageArgs }: PageArgs & { readonly filter?: unknown },
  ): Promise<Connection<ChainedRecord>> => {
    authorizer.authorize(actor, 'security:audit:view', { type: 'AuditEvent' })
    const page = parsePage(pageArgs, AUDIT_ORDER)
    const rows = await auditLog.listPage(database, page, parseAuditFilter(filter))
    return toConnection(rows, page, ({ eventId, sequence }) => ({ id: eventId, value: sequence }))
  }
