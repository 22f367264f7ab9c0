import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { ChallengeStore } from '../challenge-store.ts'
import type { Tables } from '../database.ts'
import { endSessionsOf } from '../end-session.ts'
import type { FactorStore } from '../factor-store.ts'
import { refuseShortAlone } from '../factors.ts'
import type { ChangePasswordInput } from '../generated/graphql.ts'
import { type CommonPasswords, refuseGuessable } from '../guessable-password.ts'
import type { Limits } from '../limits.ts'
import type { LinkTokenStore } from '../link-token-store.ts'
import type { PasskeyStore } from '../passkey-store.ts'
import { chosenPasswordBesideAnotherFactor, isShort, passwordWrong, typedPassword } from '../password.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import { sessionEnded, sessionId } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import { userId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  sessions: SessionStore
  factors: FactorStore
  challenges: ChallengeStore
  passkeys: PasskeyStore
  passwordResets: LinkTokenStore
  passwords: PasswordHasher
  commonPasswords: CommonPasswords
  limits: Limits
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

const passwords = z.object({ currentPassword: typedPassword, newPassword: chosenPasswordBesideAnotherFactor })

/**
 * Replaces the caller's password, for which the present one is asked: a device that somebody left open is not enough. Ends
 * all other sessions, voids a link that would set another one, and tells the owner.
 */
export const changePassword =
  (deps: Deps) =>
  async ({ actor, trace, client }: Caller, input: ChangePasswordInput): Promise<void> => {
    const { database, users, sessions, challenges, passwordResets, commonPasswords, limits, authorizer, audit, now } =
      deps
    const caller = requireFreshUser(actor, now())
    const id = userId.parse(caller.id)
    const resource = { type: 'User', id }
    const decision = authorizer.authorize(actor, 'security:account:save', resource)
    const { currentPassword, newPassword } = parseInput(passwords, input)
    const account = await users.findWithHash(database, { id })
    if (account === undefined) throw sessionEnded()
    const chosen = { field: 'newPassword', password: newPassword }
    await refuseShortAlone(database, deps, id, chosen)
    refuseGuessable(commonPasswords, { ...chosen, owner: account.user })
    const change = { actor, action: 'security:password:change', resource }

    await limits.take('second-factor', { account: id, address: client.address })
    const { isRight } = await deps.passwords.verify(currentPassword, account.passwordHash)
    if (!isRight) {
      const failed = { ...change, outcome: 'failed', reason: 'PASSWORD_WRONG' } as const
      await inTransaction(database, (tx) => audit.record(tx, failed, trace))
      throw passwordWrong()
    }
    const passwordHash = await deps.passwords.hash(newPassword)
    await inTransaction(database, async (tx) => {
      // It was changed by somebody else meanwhile.
      if ((await users.lockHash(tx, id)) !== account.passwordHash) throw passwordWrong()
      await refuseShortAlone(tx, deps, id, chosen)
      await users.setPassword(tx, id, { hash: passwordHash, isShort: isShort(newPassword) })
      const except = sessionId.parse(caller.sessionId)
      await endSessionsOf(tx, sessions, { userId: id, except, reason: 'password-changed', at: now() })
      await challenges.removeSignInsOf(tx, id)
      await passwordResets.delete(tx, id)
      await audit.recordDecision(tx, decision, trace)
      await audit.record(tx, { ...change, outcome: 'allowed' }, trace)
      await addEvent(tx, mailRequestedV1, { subject: id, data: { userId: id, kind: 'password-changed' }, trace })
    })
  }
