import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { SignUpInput } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import { MEMBERS } from '../groups.ts'
import { type CommonPasswords, refuseGuessable } from '../guessable-password.ts'
import type { Limits } from '../limits.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import { newAccount } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  groups: GroupStore
  passwords: PasswordHasher
  commonPasswords: CommonPasswords
  limits: Limits
  audit: Audit
}

/**
 * Opens an account in the group Members and has a link sent to its e-mail. Where the e-mail is in use nothing changes, and
 * neither answer nor work tells: its owner gets a mail too, so that either way there is as much to write.
 */
export const signUp =
  ({ database, users, groups, passwords, commonPasswords, limits, audit }: Deps) =>
  async ({ trace, client }: Caller, input: SignUpInput): Promise<{ email: string }> => {
    const { email, password, displayName, locale } = parseInput(newAccount, input)
    refuseGuessable(commonPasswords, { field: 'password', password, owner: { email, displayName } })
    await limits.take('sign-up', { account: email, address: client.address })
    const passwordHash = await passwords.hash(password)
    await inTransaction(database, async (tx) => {
      const user = await users.insertIfNew(tx, { email, displayName, passwordHash, locale })
      if (user !== undefined) await groups.addMember(tx, MEMBERS, user.id)
      const userId = user?.id ?? (await users.findIdByEmail(tx, email))
      // The account was deleted between the two statements: there is nobody to tell.
      if (userId === undefined) return
      const kind = user === undefined ? 'already-registered' : 'verify-email'
      const resource = { type: 'User', id: userId }
      const isNew = user !== undefined
      const how = isNew ? ({ outcome: 'allowed' } as const) : ({ outcome: 'failed', reason: 'EMAIL_TAKEN' } as const)
      await audit.record(tx, { actor: ANONYMOUS, action: 'security:account:open', resource, ...how }, trace)
      await addEvent(tx, mailRequestedV1, { subject: userId, data: { userId, kind }, trace })
    })
    return { email }
  }
