import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS, type UserActor } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { IssueAccessToken } from '../access-token.ts'
import { challengeEnded, challengeToken } from '../challenge.ts'
import { type ContinueSignInDeps, SIGN_IN } from '../continue-sign-in.ts'
import type { Tables } from '../database.ts'
import { passkeyWrong } from '../factors.ts'
import type { SessionTokens, SignInWithPasskeyInput } from '../generated/graphql.ts'
import type { Limits } from '../limits.ts'
import { assertionJson } from '../passkey-response.ts'
import { toActor } from '../session.ts'
import { startSession, tokensOf } from '../start-session.ts'
import { type PasskeyDeps, usePasskey } from '../use-passkey.ts'
import type { User } from '../user.ts'

type Deps = ContinueSignInDeps &
  PasskeyDeps & {
    readonly database: Database<Tables>
    readonly limits: Limits
    readonly issueAccessToken: IssueAccessToken
    readonly audit: Audit
    readonly now: () => Date
  }

const entered = z.object({ challenge: z.string(), response: assertionJson })

/** Starts a session by a passkey alone, which has checked who holds it: that is two factors. */
export const signInWithPasskey =
  (deps: Deps) =>
  async (
    { trace, client }: Caller,
    input: SignInWithPasskeyInput,
  ): Promise<{ session: SessionTokens; user: User; actor: UserActor }> => {
    const { database, users, challenges, limits, audit, now } = deps
    const { challenge: given, response } = parseInput(entered, input)
    await limits.take('second-factor', client)
    const token = challengeToken.safeParse(given)
    if (!token.success) throw challengeEnded()
    const answered = await inTransaction(database, async (tx) => {
      const at = now()
      const challenge = await challenges.lock(tx, token.data, 'passkey-sign-in', at)
      if (challenge === undefined) return { refused: challengeEnded }
      // Used up also by what is wrong, so a refusal is a value: an error would roll that back.
      await challenges.remove(tx, token.data)
      const userId = await usePasskey(tx, deps, { nonce: challenge.nonce, at }, response)
      const user = userId && (await users.find(tx, userId))
      if (user === undefined) {
        const entry = { actor: ANONYMOUS, action: SIGN_IN, resource: { type: 'User' } } as const
        await audit.record(tx, { ...entry, outcome: 'failed', reason: 'PASSKEY_WRONG' }, trace)
        return { refused: passkeyWrong }
      }
      const isRemembered = input.rememberMe ?? false
      const started = await startSession(tx, deps, { userId: user.id, level: 'multi-factor', client, isRemembered, at })
      const actor = toActor(started.session, started.rights)
      const resource = { type: 'Session', id: started.session.id }
      await audit.record(tx, { actor, action: SIGN_IN, resource, outcome: 'allowed', reason: 'PASSKEY' }, trace)
      return { started, user, actor }
    })
    if ('refused' in answered) throw answered.refused()
    const { started, user, actor } = answered
    return { session: await tokensOf(started, deps.issueAccessToken), user, actor }
  }
