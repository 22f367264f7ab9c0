import { randomUUID } from 'node:crypto'
import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { emailAddress, parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import type { RequestPasswordResetInput } from '../generated/graphql.ts'
import type { Limits } from '../limits.ts'
import type { UserStore } from '../user-store.ts'

type Deps = { database: Database<Tables>; users: UserStore; limits: Limits; audit: Audit }

const request = z.object({ email: emailAddress })

/**
 * Has a link sent by which the owner of the e-mail sets a new password. For an e-mail that nobody has, the same is done for
 * the account of nobody, to which no mail goes: neither answer nor work tells.
 */
export const requestPasswordReset =
  ({ database, users, limits, audit }: Deps) =>
  async ({ trace, client }: Caller, input: RequestPasswordResetInput): Promise<void> => {
    const { email } = parseInput(request, input)
    await limits.take('request-password-reset', { account: email, address: client.address })
    await inTransaction(database, async (tx) => {
      const found = await users.findIdByEmail(tx, email)
      const resource = { type: 'User', ...(found && { id: found }) }
      const how = found ? ({ outcome: 'allowed' } as const) : ({ outcome: 'failed', reason: 'USER_UNKNOWN' } as const)
      await audit.record(tx, { actor: ANONYMOUS, action: 'security:password:request-reset', resource, ...how }, trace)
      const userId = found ?? randomUUID()
      await addEvent(tx, mailRequestedV1, { subject: userId, data: { userId, kind: 'reset-password' }, trace })
    })
  }
