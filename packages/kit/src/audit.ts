import { type Audited, type AuditedService, auditEvents } from '@neotool/contracts/events/audit'
import type { Actor } from './auth.ts'
import type { Decision, PolicyPrincipal, Resource } from './authz.ts'
import type { EventTables } from './events/event-tables.ts'
import { addEvent } from './events/outbox.ts'
import { type Database, inTransaction, type Tx } from './postgres.ts'
import type { Trace } from './telemetry.ts'

/** Something that no policy decided, such as a sign-in, and how it went. */
export type AuditEntry = {
  readonly actor: Actor
  readonly action: string
  readonly resource: Resource
  readonly outcome: Audited['outcome']
  readonly reason?: string
}

export type Audit = {
  /** Writes a decision into the outbox, in the transaction that does what it allowed: neither is there without the other. */
  recordDecision(tx: Tx<EventTables>, decision: Decision, trace: Trace): Promise<void>
  record(tx: Tx<EventTables>, entry: AuditEntry, trace: Trace): Promise<void>
}

/** What a service writes into the audit log, which security keeps. */
export const createAudit = (service: AuditedService): Audit => {
  const add = (tx: Tx<EventTables>, data: Audited, trace: Trace): Promise<void> =>
    addEvent(tx, auditEvents[service], {
      subject: data.actor.kind === 'anonymous' ? 'anonymous' : data.actor.id,
      data,
      trace,
    })
  return {
    recordDecision: (tx, { principal, action, resource, isAllowed, policyIds }, trace) =>
      add(
        tx,
        {
          actor: toAuditedActor(principal),
          action,
          resource: toAuditedResource(resource),
          outcome: isAllowed ? 'allowed' : 'denied',
          policyIds: [...policyIds],
        },
        trace,
      ),
    record: (tx, { actor, action, resource, outcome, reason }, trace) =>
      add(
        tx,
        {
          actor: toAuditedActor(actor),
          action,
          resource: toAuditedResource(resource),
          outcome,
          policyIds: [],
          ...(reason !== undefined && { reason }),
        },
        trace,
      ),
  }
}

/** Records a denial in a transaction of its own: what was denied has none. */
export const recordDenial =
  <Tables extends EventTables>(database: Database<Tables>, audit: Audit) =>
  (decision: Decision, trace: Trace): Promise<void> =>
    inTransaction(database as unknown as Database<EventTables>, (tx) => audit.recordDecision(tx, decision, trace))

const toAuditedActor = (actor: Actor | PolicyPrincipal): Audited['actor'] => {
  if (actor.kind === 'anonymous') return { kind: 'anonymous' }
  const acting = 'actingServiceId' in actor ? actor.actingServiceId : undefined
  return {
    kind: actor.kind,
    id: actor.id,
    permissions: [...actor.permissions],
    ...(acting !== undefined && { actingServiceId: acting }),
  }
}

const toAuditedResource = ({ type, id, attributes }: Resource): Audited['resource'] => ({
  type,
  ...(id !== undefined && { id }),
  ...(attributes !== undefined && { attributes: { ...attributes } }),
})
