import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import type { KeyedHash } from '@neotool/kit/keyed-hash'
import type { Database } from '@neotool/kit/postgres'
import { z } from 'zod'
import { type BrokenLink, CHAIN_START, type ChainPosition, createChainCheck } from '../audit-chain.ts'
import type { AuditStore } from '../audit-store.ts'
import type { Tables } from '../database.ts'
import type { AuditLogHeadInput } from '../generated/graphql.ts'

type Deps = { database: Database<Tables>; auditLog: AuditStore; keyedHash: KeyedHash; authorizer: Authorizer }

export type AuditVerification = {
  readonly checkedCount: number
  readonly head: ChainPosition
  readonly firstBroken: BrokenLink | undefined
}

const BATCH = 1_000

const position = z.object({
  sequence: z.coerce.number('is not a number').pipe(z.int('is not a whole number').positive('must be 1 or more')),
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits in small letters')
    .transform((hash) => Buffer.from(hash, 'hex')),
})

/**
 * Proves that no row was changed, removed, moved or cut off at the end, or names the first that was. From `since` on where
 * it is given: a head that somebody noted elsewhere, which must still be in the chain; it also tells a log that was cut by
 * somebody who put an old head back.
 */
export const verifyAuditLog =
  ({ database, auditLog, keyedHash, authorizer }: Deps) =>
  async ({ actor }: Caller, since: AuditLogHeadInput | null | undefined): Promise<AuditVerification> => {
    authorizer.authorize(actor, 'security:audit:view', { type: 'AuditEvent' })
    const start = since ? parseInput(position, since) : CHAIN_START
    // One snapshot, so that what is added meanwhile looks like nothing that was done to the chain.
    return database
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute(async (tx) => {
        const head = await auditLog.readHead(tx)
        const check = createChainCheck(start)
        const answer = (firstBroken: BrokenLink | undefined): AuditVerification => ({
          checkedCount: check.last().sequence - start.sequence,
          head: { sequence: head.sequence, hash: head.hash },
          firstBroken,
        })
        if (start.sequence > 0) {
          const known = await auditLog.find(tx, start.sequence)
          if (known === undefined) return answer({ sequence: start.sequence, fault: 'MISSING' })
          if (!known.hash.equals(start.hash)) return answer({ sequence: start.sequence, fault: 'CHANGED' })
        }
        for (;;) {
          const rows = await auditLog.readAfter(tx, check.last().sequence, { limit: BATCH })
          for (const row of rows) {
            const broken = check.next(row)
            if (broken !== undefined) return answer(broken)
          }
          if (rows.length < BATCH) return answer(check.end(head, keyedHash))
        }
      })
  }
