import { randomUUID } from 'node:crypto'
import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS, type UserActor } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { IssueAccessToken } from '../access-token.ts'
import { type ContinueSignInDeps, continueSignIn, SIGN_IN } from '../continue-sign-in.ts'
import type { Tables } from '../database.ts'
import type { SessionTokens, SignInChallenge, SignInInput } from '../generated/graphql.ts'
import type { Limits } from '../limits.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import { toActor } from '../session.ts'
import type { SignInLock } from '../sign-in-lock.ts'
import { tokensOf } from '../start-session.ts'
import { credentials, credentialsWrong, type User } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = ContinueSignInDeps & {
  database: Database<Tables>
  users: UserStore
  passwords: PasswordHasher
  limits: Limits
  signInLock: SignInLock
  issueAccessToken: IssueAccessToken
  audit: Audit
  now: () => Date
}

type SignedIn = { session: SessionTokens; user: User; actor: UserActor } | { challenge: SignInChallenge }

/**
 * Starts a session, or asks for a second factor; `actor` is who the caller is from now on. Throws CREDENTIALS_WRONG without
 * telling which half is wrong; a failure is written down with or without an account, so that both take the same work.
 */
export const signIn =
  (deps: Deps) =>
  async ({ trace, client }: Caller, input: SignInInput): Promise<SignedIn> => {
    const { database, users, passwords, limits, signInLock, audit, now } = deps
    const { email, password } = parseInput(credentials, input)
    await limits.take('sign-in', client)
    const found = await users.findWithHash(database, { email })
    const attempt = await signInLock.begin(email, client.address)
    const { isRight, isOutdated } = await passwords.verify(password, found?.passwordHash).catch(async (error) => {
      await attempt.takeBack()
      throw error
    })
    if (found === undefined || !isRight) {
      const account = { type: 'User', ...(found && { id: found.user.id }) }
      await inTransaction(database, async (tx) => {
        await audit.record(
          tx,
          { actor: ANONYMOUS, action: SIGN_IN, resource: account, outcome: 'failed', reason: 'CREDENTIALS_WRONG' },
          trace,
        )
        if (!attempt.hasLocked) return
        // Where there is no account the mail goes to nobody, and asking for it takes the same work.
        const userId = found?.user.id ?? randomUUID()
        await addEvent(tx, mailRequestedV1, { subject: userId, data: { userId, kind: 'sign-in-locked' }, trace })
      })
      throw credentialsWrong()
    }
    await attempt.wasRight()
    const { user, passwordHash } = found
    const newHash = isOutdated ? await passwords.hash(password) : undefined

    const step = await inTransaction(database, async (tx) => {
      // It was changed since it was verified: then all sessions were ended, and this would be one more.
      if ((await users.lockHash(tx, user.id)) !== passwordHash) throw credentialsWrong()
      if (newHash !== undefined) await users.setHash(tx, user.id, newHash)
      const person = { userId: user.id, client, isRemembered: input.rememberMe ?? false }
      const reached = await continueSignIn(tx, deps, { ...person, at: now() })
      if ('challenge' in reached) {
        const entry = { actor: ANONYMOUS, action: SIGN_IN, resource: { type: 'User', id: user.id } } as const
        await audit.record(tx, { ...entry, outcome: 'allowed', reason: 'SECOND_FACTOR_REQUIRED' }, trace)
        return reached
      }
      const actor = toActor(reached.started.session, reached.started.rights)
      const session = { type: 'Session', id: reached.started.session.id }
      await audit.record(tx, { actor, action: SIGN_IN, resource: session, outcome: 'allowed' }, trace)
      return reached
    })
    if ('challenge' in step) return step
    const { started } = step
    return {
      session: await tokensOf(started, deps.issueAccessToken),
      user,
      actor: toActor(started.session, started.rights),
    }
  }
