import { randomUUID } from 'node:crypto'
import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS, type UserActor } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { IssueAccessToken } from '../access-token.ts'
import type { Tables } from '../database.ts'
import type { SessionTokens, SignInInput } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import type { Limits } from '../limits.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import { toActor } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import type { SignInLock } from '../sign-in-lock.ts'
import { startSession, tokensOf } from '../start-session.ts'
import { credentials, credentialsWrong, type User } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  groups: GroupStore
  sessions: SessionStore
  passwords: PasswordHasher
  limits: Limits
  signInLock: SignInLock
  issueAccessToken: IssueAccessToken
  audit: Audit
  now: () => Date
}

const SIGN_IN = 'security:session:start'

/**
 * Starts a session; `actor` is who the caller is from now on. Throws CREDENTIALS_WRONG without telling which half is wrong;
 * a failure is written down with or without an account, so that both take the same work.
 */
export const signIn =
  ({ database, users, groups, sessions, passwords, limits, signInLock, issueAccessToken, audit, now }: Deps) =>
  async (
    { trace, client }: Caller,
    input: SignInInput,
  ): Promise<{ session: SessionTokens; user: User; actor: UserActor }> => {
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

    const started = await inTransaction(database, async (tx) => {
      // It was changed since it was verified: then all sessions were ended, and this would be one more.
      if ((await users.lockHash(tx, user.id)) !== passwordHash) throw credentialsWrong()
      if (newHash !== undefined) await users.setHash(tx, user.id, newHash)
      const signedIn = {
        userId: user.id,
        level: 'single-factor',
        client,
        isRemembered: input.rememberMe ?? false,
      } as const
      const begun = await startSession(tx, { users, sessions, groups }, { ...signedIn, at: now() })
      const actor = toActor(begun.session, begun.rights)
      const session = { type: 'Session', id: begun.session.id }
      await audit.record(tx, { actor, action: SIGN_IN, resource: session, outcome: 'allowed' }, trace)
      return begun
    })
    return {
      session: await tokensOf(started, issueAccessToken),
      user,
      actor: toActor(started.session, started.rights),
    }
  }
