import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { requireUser } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { Limits } from '../limits.ts'

type Deps = { database: Database<Tables>; limits: Limits; audit: Audit }

/** Has a new link sent to the caller's e-mail; whoever sends it knows whether there is need of one. */
export const resendVerificationEmail =
  ({ database, limits, audit }: Deps) =>
  async ({ actor, trace, client }: Caller): Promise<void> => {
    const { id: userId } = requireUser(actor)
    await limits.take('resend-verification', { account: userId, address: client.address })
    const data = { userId, kind: 'verify-email' } as const
    const resource = { type: 'User', id: userId }
    await inTransaction(database, async (tx) => {
      await audit.record(tx, { actor, action: 'security:email:resend', resource, outcome: 'allowed' }, trace)
      await addEvent(tx, mailRequestedV1, { subject: userId, data, trace })
    })
  }
