import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
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
import type { ResetPasswordInput } from '../generated/graphql.ts'
import { type CommonPasswords, refuseGuessable } from '../guessable-password.ts'
import type { Limits } from '../limits.ts'
import { linkToken } from '../link-token.ts'
import type { LinkTokenStore } from '../link-token-store.ts'
import type { PasskeyStore } from '../passkey-store.ts'
import { chosenPasswordBesideAnotherFactor, isShort } from '../password.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import { resetTokenInvalid } from '../password-reset.ts'
import type { SessionStore } from '../session-store.ts'
import type { SignInLock } from '../sign-in-lock.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  sessions: SessionStore
  factors: FactorStore
  challenges: ChallengeStore
  passkeys: PasskeyStore
  emailVerifications: LinkTokenStore
  passwordResets: LinkTokenStore
  passwords: PasswordHasher
  commonPasswords: CommonPasswords
  limits: Limits
  signInLock: SignInLock
  audit: Audit
  now: () => Date
}

const choice = z.object({ newPassword: chosenPasswordBesideAnotherFactor })

/**
 * Sets a new password with the token of a link, ends all sessions and tells the owner. Whoever followed the link reads the
 * mail of that e-mail, so it is verified too. Throws RESET_TOKEN_INVALID where the token is not good; a password that is
 * refused leaves it good.
 */
export const resetPassword =
  (deps: Deps) =>
  async ({ actor, trace, client }: Caller, input: ResetPasswordInput): Promise<void> => {
    const {
      database,
      users,
      sessions,
      challenges,
      emailVerifications,
      passwordResets,
      passwords,
      commonPasswords,
      limits,
      signInLock,
      audit,
      now,
    } = deps
    await limits.take('reset-password', client)
    const token = linkToken.safeParse(input.token)
    const { newPassword } = parseInput(choice, input)
    const owner = token.success ? await passwordResets.find(database, token.data, now()) : undefined
    const user = owner && (await users.find(database, owner))
    if (!token.success || user === undefined) throw resetTokenInvalid()
    const chosen = { field: 'newPassword', password: newPassword }
    await refuseShortAlone(database, deps, user.id, chosen)
    refuseGuessable(commonPasswords, { ...chosen, owner: user })
    const passwordHash = await passwords.hash(newPassword)

    await inTransaction(database, async (tx) => {
      const at = now()
      // Before the token, as whoever deletes the account locks them.
      const userId = (await users.lock(tx, user.id))?.id
      if (userId === undefined || (await passwordResets.take(tx, token.data, at)) !== userId) throw resetTokenInvalid()
      await refuseShortAlone(tx, deps, userId, chosen)
      await users.setPassword(tx, userId, { hash: passwordHash, isShort: isShort(newPassword) })
      if (!user.isEmailVerified) await users.markEmailVerified(tx, userId, at)
      await emailVerifications.delete(tx, userId)
      await endSessionsOf(tx, sessions, { userId, reason: 'password-reset', at })
      // A sign-in by the former password that waits for its second factor would be one session more.
      await challenges.removeSignInsOf(tx, userId)
      const resource = { type: 'User', id: userId }
      await audit.record(tx, { actor, action: 'security:password:reset', resource, outcome: 'allowed' }, trace)
      await addEvent(tx, mailRequestedV1, { subject: userId, data: { userId, kind: 'password-changed' }, trace })
    })
    // Whoever guessed at the former password must not keep the owner of the new one waiting.
    await signInLock.open(user.email)
  }
