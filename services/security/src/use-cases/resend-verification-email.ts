import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import { requireUser } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { Limits } from '../limits.ts'

type Deps = { database: Database<Tables>; limits: Limits }

/** Has a new link sent to the caller's e-mail; whoever sends it knows whether there is need of one. */
export const resendVerificationEmail =
  ({ database, limits }: Deps) =>
  async ({ actor, trace, client }: Caller): Promise<void> => {
    const { id: userId } = requireUser(actor)
    await limits.take('resend-verification', { account: userId, address: client.address })
    const data = { userId, kind: 'verify-email' } as const
    await inTransaction(database, (tx) => addEvent(tx, mailRequestedV1, { subject: userId, data, trace }))
  }
