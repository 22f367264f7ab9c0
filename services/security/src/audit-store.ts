import type { Audited, AuditedService } from '@neotool/contracts/events/audit'
import { keyset, type Order, type Page } from '@neotool/kit/connection'
import type { Database, Tx } from '@neotool/kit/postgres'
import { type Expression, type Selectable, sql } from 'kysely'
import type { ChainedRecord, ChainHead } from './audit-chain.ts'
import type { Tables } from './database.ts'

/** Which rows; all of them where nothing is said. The times are from, and up to but not including. */
export type AuditFilter = {
  readonly actorId?: string | undefined
  readonly actionPrefix?: string | undefined
  readonly outcome?: Audited['outcome'] | undefined
  readonly resourceType?: string | undefined
  readonly resourceId?: string | undefined
  readonly from?: Date | undefined
  readonly until?: Date | undefined
}

/** Newest first. */
export const AUDIT_ORDER: Order = {
  name: 'SEQUENCE',
  direction: 'desc',
  key: sql`audit_log.sequence`,
  id: sql`audit_log.event_id`,
  valueType: 'integer',
}

/** All SQL of the audit log. */
export const auditStore = {
  /** The end of the chain; until the transaction ends nobody else can add to it. */
  async lockHead(tx: Tx<Tables>): Promise<ChainHead> {
    return toHead(await tx.selectFrom('audit_head').selectAll().forUpdate().executeTakeFirstOrThrow())
  },

  async readHead(database: Database<Tables>): Promise<ChainHead> {
    return toHead(await database.selectFrom('audit_head').selectAll().executeTakeFirstOrThrow())
  },

  async has(tx: Tx<Tables>, eventId: string): Promise<boolean> {
    const row = await tx.selectFrom('audit_log').select('sequence').where('event_id', '=', eventId).executeTakeFirst()
    return row !== undefined
  },

  /** Adds the row that follows the head, and moves the head to it; the head must be locked. */
  async append(tx: Tx<Tables>, row: ChainedRecord, seal: string): Promise<void> {
    await tx
      .insertInto('audit_log')
      .values({
        sequence: row.sequence,
        event_id: row.eventId,
        service: row.service,
        occurred_at: row.occurredAt,
        actor: JSON.stringify(row.actor),
        action: row.action,
        resource: JSON.stringify(row.resource),
        outcome: row.outcome,
        policy_ids: JSON.stringify(row.policyIds),
        reason: row.reason ?? null,
        trace_id: row.traceId ?? null,
        previous_hash: row.previousHash,
        hash: row.hash,
      })
      .execute()
    await tx.updateTable('audit_head').set({ sequence: row.sequence, hash: row.hash, seal }).execute()
  },

  async find(database: Database<Tables>, sequence: number): Promise<ChainedRecord | undefined> {
    const row = await database
      .selectFrom('audit_log')
      .selectAll()
      .where('sequence', '=', String(sequence))
      .executeTakeFirst()
    return row && toRecord(row)
  },

  /** The next rows after a sequence, in the order of the chain. */
  async readAfter(
    database: Database<Tables>,
    sequence: number,
    { limit, filter = {} }: { limit: number; filter?: AuditFilter },
  ): Promise<readonly ChainedRecord[]> {
    const rows = await database
      .selectFrom('audit_log')
      .selectAll()
      .where('sequence', '>', String(sequence))
      .where(matches(filter))
      .orderBy('sequence')
      .limit(limit)
      .execute()
    return rows.map(toRecord)
  },

  /** One page plus one row, in reading order; see kit's connection. */
  async listPage(database: Database<Tables>, page: Page, filter: AuditFilter): Promise<readonly ChainedRecord[]> {
    const { where, orderBy, limit } = keyset(page)
    const rows = await database
      .selectFrom('audit_log')
      .selectAll()
      .where(where)
      .where(matches(filter))
      .orderBy(orderBy[0])
      .orderBy(orderBy[1])
      .limit(limit)
      .execute()
    return rows.map(toRecord)
  },
}

export type AuditStore = typeof auditStore

const toHead = ({ sequence, hash, seal }: Selectable<Tables['audit_head']>): ChainHead => ({
  sequence: Number(sequence),
  hash,
  seal: seal ?? undefined,
})

const toRecord = (row: Selectable<Tables['audit_log']>): ChainedRecord => ({
  sequence: Number(row.sequence),
  eventId: row.event_id,
  service: row.service as AuditedService,
  occurredAt: row.occurred_at,
  actor: row.actor,
  action: row.action,
  resource: row.resource,
  outcome: row.outcome,
  policyIds: [...row.policy_ids],
  ...(row.reason !== null && { reason: row.reason }),
  ...(row.trace_id !== null && { traceId: row.trace_id }),
  previousHash: row.previous_hash,
  hash: row.hash,
})

const matches = (filter: AuditFilter): Expression<boolean> => {
  const { actorId, actionPrefix, outcome, resourceType, resourceId, from, until } = filter
  const conditions = [
    sql<boolean>`true`,
    ...(actorId === undefined ? [] : [sql<boolean>`actor_id = ${actorId}`]),
    // What LIKE takes for a wildcard cannot be in it.
    ...(actionPrefix === undefined ? [] : [sql<boolean>`action like ${`${actionPrefix}%`}`]),
    ...(outcome === undefined ? [] : [sql<boolean>`outcome = ${outcome}`]),
    ...(resourceType === undefined ? [] : [sql<boolean>`resource_type = ${resourceType}`]),
    ...(resourceId === undefined ? [] : [sql<boolean>`resource_id = ${resourceId}`]),
    ...(from === undefined ? [] : [sql<boolean>`occurred_at >= ${from}`]),
    ...(until === undefined ? [] : [sql<boolean>`occurred_at < ${until}`]),
  ]
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}
