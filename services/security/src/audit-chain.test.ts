import { randomUUID } from 'node:crypto'
import { Secret } from '@neotool/kit/config'
import { createKeyedHash } from '@neotool/kit/keyed-hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AuditRecord,
  type BrokenLink,
  CHAIN_START,
  type ChainedRecord,
  type ChainHead,
  canonicalJson,
  chain,
  createChainCheck,
  sealOf,
} from './audit-chain.ts'

const keyedHash = createKeyedHash(new Secret(Buffer.alloc(32, 1).toString('base64')))
const foreignHash = createKeyedHash(new Secret(Buffer.alloc(32, 2).toString('base64')))

const records = fc.array(
  fc.record({
    eventId: fc.uuid(),
    service: fc.constantFrom('app', 'security', 'assets', 'assistant'),
    occurredAt: fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
    actor: fc.oneof(
      fc.constant({ kind: 'anonymous' as const }),
      fc.record({ kind: fc.constantFrom('user', 'service'), id: fc.uuid(), permissions: fc.array(fc.string()) }),
    ),
    action: fc.string(),
    resource: fc.record({ type: fc.string(), id: fc.string() }),
    outcome: fc.constantFrom('allowed', 'denied', 'failed'),
    policyIds: fc.array(fc.string()),
  }),
  { minLength: 3, maxLength: 12 },
)

const chained = (all: readonly AuditRecord[], seal = keyedHash): { rows: ChainedRecord[]; head: ChainHead } => {
  const rows: ChainedRecord[] = []
  for (const record of all) rows.push(chain(record, rows.at(-1) ?? CHAIN_START))
  const last = rows.at(-1) ?? CHAIN_START
  return { rows, head: { sequence: last.sequence, hash: last.hash, seal: sealOf(seal, last) } }
}

/** Rows as a database gives them back: by their sequence. */
const firstBroken = (rows: readonly ChainedRecord[], head: ChainHead): BrokenLink | undefined => {
  const check = createChainCheck(CHAIN_START)
  for (const row of rows.toSorted((one, other) => one.sequence - other.sequence)) {
    const broken = check.next(row)
    if (broken !== undefined) return broken
  }
  return check.end(head, keyedHash)
}

describe('the chain of the audit log', () => {
  it('is whole as it was made', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { rows, head } = chained(all)
        expect(firstBroken(rows, head)).toBeUndefined()
      }),
    )
  })

  it('names the first row that somebody changed, removed, swapped, cut off or put in', () => {
    const attack = fc.tuple(
      fc.constantFrom('edit', 'rehash', 'delete', 'swap', 'cut', 'add'),
      fc.nat(),
      fc.constantFrom('action', 'occurredAt', 'eventId', 'resource', 'actor', 'reason'),
    )
    fc.assert(
      fc.property(records, attack, (all, [kind, seed, field]) => {
        const { rows, head } = chained(all)
        // Neither the last row, which has no neighbour to swap with, nor too few to cut.
        const at = seed % (rows.length - 1)
        const target = rows[at] as ChainedRecord
        const next = rows[at + 1] as ChainedRecord
        const changed = {
          action: 'x:y:z',
          occurredAt: new Date(0),
          eventId: randomUUID(),
          resource: { type: 'Other' },
          actor: { kind: 'user' as const, id: randomUUID(), permissions: [] },
          reason: 'BECAUSE',
        }
        const edited = { ...target, [field]: changed[field] }
        switch (kind) {
          case 'edit':
            expect(firstBroken(rows.with(at, edited), head)).toEqual({ sequence: target.sequence, fault: 'CHANGED' })
            break
          case 'rehash': {
            // Whoever changes a row and its hash breaks the link of the next one.
            const { hash } = chain(edited, rows[at - 1] ?? CHAIN_START)
            const forged = rows.with(at, { ...edited, hash })
            expect(firstBroken(forged, head)).toEqual({ sequence: next.sequence, fault: 'UNLINKED' })
            break
          }
          case 'delete':
            expect(firstBroken(rows.toSpliced(at, 1), head)).toEqual({ sequence: target.sequence, fault: 'MISSING' })
            break
          case 'swap': {
            const swapped = rows
              .with(at, { ...target, sequence: next.sequence })
              .with(at + 1, { ...next, sequence: target.sequence })
            expect(firstBroken(swapped, head)).toEqual({ sequence: target.sequence, fault: 'CHANGED' })
            break
          }
          case 'cut':
            expect(firstBroken(rows.slice(0, at + 1), head)).toEqual({ sequence: next.sequence, fault: 'MISSING' })
            break
          case 'add': {
            const forged = [...rows, chain(edited, rows.at(-1) as ChainedRecord)]
            expect(firstBroken(forged, head)).toEqual({ sequence: rows.length + 1, fault: 'UNSEALED' })
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('cannot be made anew by whoever does not have the key', () => {
    fc.assert(
      fc.property(records, (all) => {
        const { rows } = chained(all)
        // Rewritten to the last hash, with the head to match: only the seal is not theirs to make.
        const forged = chained(all.slice(1), foreignHash)
        expect(firstBroken(forged.rows, forged.head)).toEqual({ sequence: rows.length - 1, fault: 'UNSEALED' })
        expect(firstBroken(forged.rows, { ...forged.head, seal: undefined })?.fault).toBe('UNSEALED')
      }),
    )
  })
})

describe('canonical JSON', () => {
  it('does not depend on the order in which members came', () => {
    const one = { b: [1, { d: 'ü"\n', c: null }], a: undefined, ab: true }
    expect(canonicalJson(one)).toBe('{"ab":true,"b":[1,{"c":null,"d":"ü\\"\\n"}]}')
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
      }),
    )
  })
})
