import { accountDeletedV1 } from '@neotool/contracts/events/security-account'
import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { inputInvalid } from '@neotool/kit/errors'
import { addEvent } from '@neotool/kit/events/outbox'
import { emailAddress, parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { Tables } from '../database.ts'
import { endSessionsOf } from '../end-session.ts'
import type { DeleteAccountInput } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import { ADMINISTRATORS } from '../groups.ts'
import { sessionEnded } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import { lastAdministrator, type UserId, userId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  groups: GroupStore
  sessions: SessionStore
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

const confirmation = z.object({ email: emailAddress })

/**
 * Deletes the caller's account with all that security has of them; the other services learn of it and erase what is theirs
 * alone. What stays anywhere is the id. The last administrator cannot leave.
 */
export const deleteAccount =
  ({ database, users, groups, sessions, authorizer, audit, now }: Deps) =>
  async ({ actor, trace }: Caller, input: DeleteAccountInput): Promise<UserId> => {
    const id = userId.parse(requireFreshUser(actor, now()).id)
    const decision = authorizer.authorize(actor, 'security:account:save', { type: 'User', id })
    const { email } = parseInput(confirmation, input)
    return inTransaction(database, async (tx) => {
      // Two administrators who leave at once: the second one waits here, and is the last.
      await groups.lockRights(tx)
      const user = await users.lock(tx, id)
      if (user === undefined) throw sessionEnded()
      if (user.email.toLowerCase() !== email.toLowerCase()) {
        throw inputInvalid([{ path: 'email', message: 'is not the e-mail of this account' }])
      }
      const administrators = await groups.listLastingMembers(tx, ADMINISTRATORS)
      if (administrators.includes(id) && administrators.length === 1) throw lastAdministrator()
      await audit.recordDecision(tx, decision, trace)
      await endSessionsOf(tx, sessions, { userId: id, reason: 'user-deleted', at: now() })
      await users.delete(tx, id)
      await addEvent(tx, accountDeletedV1, { subject: id, data: { userId: id }, trace })
      return id
    })
  }
