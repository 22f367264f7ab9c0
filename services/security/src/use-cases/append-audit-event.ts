import type { Audited, AuditedService } from '@neotool/contracts/events/audit'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import type { Tx } from '@neotool/kit/postgres'
import type { Logger } from '@neotool/kit/telemetry'
import { chain, sealOf } from '../audit-chain.ts'
import type { AuditStore } from '../audit-store.ts'
import type { Tables } from '../database.ts'

type Deps = { auditLog: AuditStore; keyedHash: KeyedHash; log: Logger }

type Event = {
  readonly id: string
  readonly source: string
  readonly time: string
  readonly traceId: string
  readonly data: Audited
}

// Heads in the log, which leaves this machine, are what a log that was cut and sealed anew is compared with.
const HEAD_LOGGED_EVERY = 100

/** Adds an event to the audit log, once however often it comes. */
export const appendAuditEvent =
  ({ auditLog, keyedHash, log }: Deps) =>
  async (tx: Tx<Tables>, { id, source, time, traceId, data }: Event): Promise<void> => {
    const head = await auditLog.lockHead(tx)
    if (await auditLog.has(tx, id)) return
    const service = source.replace('/neotool/', '') as AuditedService
    const row = chain({ ...data, eventId: id, service, occurredAt: new Date(time), traceId }, head)
    await auditLog.append(tx, row, sealOf(keyedHash, row))
    if (row.sequence % HEAD_LOGGED_EVERY === 0) {
      log.info({ sequence: row.sequence, hash: row.hash.toString('hex') }, 'head of the audit log')
    }
  }
