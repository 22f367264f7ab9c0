import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { KeyManager } from '../key-manager.ts'
import type { KeyFacts } from '../key-ring.ts'

type Deps = {
  database: Database<Tables>
  authorizer: Authorizer
  audit: Audit
  keyManager: KeyManager
  now: () => Date
}

/** Has the next key sign from now on; throws NEXT_KEY_TOO_NEW where that follows another rotation too soon. */
export const rotateSigningKey =
  ({ database, authorizer, audit, keyManager, now }: Deps) =>
  async ({ actor, trace }: Caller): Promise<readonly KeyFacts[]> => {
    const decision = authorizer.authorize(actor, 'security:key:rotate', { type: 'SigningKey' })
    requireFreshUser(actor, now())
    return inTransaction(database, async (tx) => {
      // First: where it cannot be recorded, nothing is rotated.
      await audit.recordDecision(tx, decision, trace)
      return keyManager.rotate()
    })
  }
