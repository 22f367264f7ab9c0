/**
 * The audit log's chain: each row's hash covers all of the row and the hash of the row before it, so that whoever changes,
 * removes or moves one breaks the chain there. Whoever could rewrite the whole chain would still lack the key of its seal.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Audited, AuditedService } from '@neotool/contracts/events/audit'
import type { KeyedHash } from '@neotool/kit/keyed-hash'

/** What was recorded, as the service that decided it said. */
export type AuditRecord = Audited & {
  readonly eventId: string
  readonly service: AuditedService
  readonly occurredAt: Date
  readonly traceId?: string | undefined
}

export type ChainedRecord = AuditRecord & {
  readonly sequence: number
  readonly previousHash: Buffer
  readonly hash: Buffer
}

/** A place in the chain, and so all that is before it. */
export type ChainPosition = { readonly sequence: number; readonly hash: Buffer }
export type ChainHead = ChainPosition & { readonly seal: string | undefined }

export type ChainFault = 'CHANGED' | 'MISSING' | 'UNLINKED' | 'UNSEALED'
export type BrokenLink = { readonly sequence: number; readonly fault: ChainFault }

/** Before the first row. */
export const CHAIN_START: ChainPosition = { sequence: 0, hash: Buffer.alloc(32) }

/** The row that follows `last`. */
export const chain = (record: AuditRecord, last: ChainPosition): ChainedRecord => {
  const linked = { ...record, sequence: last.sequence + 1, previousHash: last.hash }
  return { ...linked, hash: hashOf(linked) }
}

/** SHA-256 over the canonical JSON of the row, as its line of the export has it without `hash`. */
const hashOf = (row: Omit<ChainedRecord, 'hash'>): Buffer =>
  createHash('sha256')
    .update(canonicalJson(contentOf(row)))
    .digest()

/** All that the hash covers, in the words of the export. */
export const contentOf = (row: Omit<ChainedRecord, 'hash'>): Readonly<Record<string, unknown>> => ({
  sequence: row.sequence,
  id: row.eventId,
  service: row.service,
  time: row.occurredAt.toISOString(),
  actor: row.actor,
  action: row.action,
  resource: row.resource,
  outcome: row.outcome,
  policyIds: row.policyIds,
  ...(row.reason !== undefined && { reason: row.reason }),
  ...(row.traceId !== undefined && { traceId: row.traceId }),
  previousHash: row.previousHash.toString('hex'),
})

/** RFC 8785: the members of objects in the order of their names, no white space; `JSON.stringify` does the rest as it says. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`
}

/** What proves that the service set this head: its key is not where the chain is. */
export const sealOf = (keyedHash: KeyedHash, { sequence, hash }: ChainPosition): string =>
  keyedHash(`audit head ${sequence} ${hash.toString('hex')}`)

/** Goes along the rows after `start` in their order; the first fault is the answer. */
export const createChainCheck = (start: ChainPosition) => {
  let last = start
  return {
    last: (): ChainPosition => last,
    next(row: ChainedRecord): BrokenLink | undefined {
      const { sequence } = row
      if (sequence !== last.sequence + 1) return { sequence: last.sequence + 1, fault: 'MISSING' }
      if (!hashOf(row).equals(row.hash)) return { sequence, fault: 'CHANGED' }
      if (!row.previousHash.equals(last.hash)) return { sequence, fault: 'UNLINKED' }
      last = { sequence, hash: row.hash }
      return undefined
    },
    /** After the last row: whether the chain ends where the service says that it ended it. */
    end(head: ChainHead, keyedHash: KeyedHash): BrokenLink | undefined {
      if (last.sequence < head.sequence) return { sequence: last.sequence + 1, fault: 'MISSING' }
      if (last.sequence > head.sequence) return { sequence: head.sequence + 1, fault: 'UNSEALED' }
      const isSealed = head.sequence === 0 || isEqual(head.seal ?? '', sealOf(keyedHash, head))
      return isSealed && head.hash.equals(last.hash) ? undefined : { sequence: head.sequence, fault: 'UNSEALED' }
    },
  }
}

const isEqual = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
