import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS, type UserActor } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction, type Tx } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { IssueAccessToken } from '../access-token.ts'
import { type ChallengeToken, challengeEnded, challengeToken, MOST_FAILURES } from '../challenge.ts'
import { codesLocked } from '../code-attempts.ts'
import { type ContinueSignInDeps, SIGN_IN } from '../continue-sign-in.ts'
import type { DataCipher } from '../data-cipher.ts'
import type { Tables } from '../database.ts'
import { type FactorProof, hasOneOf, proofFields, tryFactor } from '../factor-proof.ts'
import { secondFactorWrong } from '../factors.ts'
import type { CompleteSignInInput, SessionTokens } from '../generated/graphql.ts'
import type { Limits } from '../limits.ts'
import { assertionJson } from '../passkey-response.ts'
import { toActor } from '../session.ts'
import { type StartedSession, startSession, tokensOf } from '../start-session.ts'
import type { User } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = ContinueSignInDeps & {
  readonly database: Database<Tables>
  readonly users: UserStore
  readonly dataCipher: DataCipher
  readonly limits: Limits
  readonly issueAccessToken: IssueAccessToken
  readonly audit: Audit
  readonly now: () => Date
}

const entered = z
  .object({ challenge: z.string(), ...proofFields, passkey: assertionJson.nullish() })
  .refine(
    hasOneOf('totpCode', 'recoveryCode', 'passkey'),
    'must hold exactly one of totpCode, recoveryCode and passkey',
  )
  .transform(({ challenge, totpCode, recoveryCode, passkey }) => ({
    challenge,
    proof: { totpCode, recoveryCode, passkey },
  }))

type Answered = { started: StartedSession; user: User } | { refused: () => Error }

/** Answers the challenge of a sign-in and starts the session; `actor` is who the caller is from now on. */
export const completeSignIn = (deps: Deps) => {
  const { database, users, limits, challenges, audit, now } = deps

  // An error would roll back what counts the wrong answers, so a refusal is a value.
  const answer = async (
    tx: Tx<Tables>,
    token: ChallengeToken,
    proof: FactorProof,
    { trace, client }: Caller,
  ): Promise<Answered> => {
    const at = now()
    const challenge = await challenges.lock(tx, token, 'second-factor', at)
    if (challenge?.userId === undefined) return { refused: challengeEnded }
    const { userId, isRemembered, failures } = challenge
    await users.lockAgainstChange(tx, userId)
    const outcome = await tryFactor(tx, deps, { userId, at, trace, nonce: challenge.nonce }, proof)
    if (outcome === 'right') {
      await challenges.remove(tx, token)
      const started = await startSession(tx, deps, { userId, level: 'multi-factor', client, isRemembered, at })
      const actor = toActor(started.session, started.rights)
      const resource = { type: 'Session', id: started.session.id }
      await audit.record(tx, { actor, action: SIGN_IN, resource, outcome: 'allowed' }, trace)
      const [user] = await users.loadMany(tx, [userId])
      return user === undefined ? { refused: challengeEnded } : { started, user }
    }
    await (failures + 1 < MOST_FAILURES ? challenges.countFailure(tx, token) : challenges.remove(tx, token))
    const refused = outcome === 'wrong' ? secondFactorWrong : () => codesLocked(outcome.lockedUntil, at)
    const reason = outcome === 'wrong' ? 'SECOND_FACTOR_WRONG' : 'TOO_MANY_CODES'
    const resource = { type: 'User', id: userId }
    await audit.record(tx, { actor: ANONYMOUS, action: SIGN_IN, resource, outcome: 'failed', reason }, trace)
    return { refused }
  }

  return async (
    caller: Caller,
    input: CompleteSignInInput,
  ): Promise<{ session: SessionTokens; user: User; actor: UserActor }> => {
    const { challenge, proof } = parseInput(entered, input)
    await limits.take('second-factor', caller.client)
    const token = challengeToken.safeParse(challenge)
    if (!token.success) throw challengeEnded()
    const answered = await inTransaction(database, (tx) => answer(tx, token.data, proof, caller))
    if ('refused' in answered) throw answered.refused()
    const { started, user } = answered
    return {
      session: await tokensOf(started, deps.issueAccessToken),
      user,
      actor: toActor(started.session, started.rights),
    }
  }
}
