import type { UserActor } from '@neotool/kit/auth'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { IssueAccessToken } from '../access-token.ts'
import type { Tables } from '../database.ts'
import type { SessionTokens, SignInInput } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import { toActor } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import { startSession, tokensOf } from '../start-session.ts'
import { credentials, credentialsWrong, type User } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  groups: GroupStore
  sessions: SessionStore
  passwords: PasswordHasher
  issueAccessToken: IssueAccessToken
  now: () => Date
}

/** Starts a session; `actor` is who the caller is from now on. Throws CREDENTIALS_WRONG without telling which half is wrong. */
export const signIn =
  ({ database, users, groups, sessions, passwords, issueAccessToken, now }: Deps) =>
  async (input: SignInInput): Promise<{ session: SessionTokens; user: User; actor: UserActor }> => {
    const { email, password } = parseInput(credentials, input)
    const found = await users.findWithHash(database, email)
    const { isRight, isOutdated } = await passwords.verify(password, found?.passwordHash)
    if (found === undefined || !isRight) throw credentialsWrong()
    const { user, passwordHash } = found
    const newHash = isOutdated ? await passwords.hash(password) : undefined

    const started = await inTransaction(database, async (tx) => {
      if (newHash !== undefined) await users.replaceHash(tx, user.id, passwordHash, newHash)
      return startSession(tx, { sessions, groups }, { userId: user.id, level: 'single-factor', at: now() })
    })
    return {
      session: await tokensOf(started, issueAccessToken),
      user,
      actor: toActor(started.session, started.rights),
    }
  }
