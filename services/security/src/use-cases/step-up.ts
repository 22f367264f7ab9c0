import type { Audit } from '@neotool/kit/audit'
import { type AuthenticationLevel, requireUser, type UserActor } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { type AppError, forbidden, unauthenticated } from '@neotool/kit/errors'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction, type Tx } from '@neotool/kit/postgres'
import { z } from 'zod'
import type { IssueAccessToken } from '../access-token.ts'
import { challengeToken } from '../challenge.ts'
import type { ChallengeStore } from '../challenge-store.ts'
import { codesLocked } from '../code-attempts.ts'
import type { DataCipher } from '../data-cipher.ts'
import type { Tables } from '../database.ts'
import { countingFailures, hasOneOf, type Outcome, proofFields, tryFactor } from '../factor-proof.ts'
import type { FactorStore } from '../factor-store.ts'
import { areOn, factorsOf, passkeyWrong, secondFactorWrong } from '../factors.ts'
import type { StepUpInput, StepUpPayload } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import type { Rights } from '../groups.ts'
import type { Limits } from '../limits.ts'
import { assertionJson } from '../passkey-response.ts'
import { typedPassword } from '../password.ts'
import type { PasswordHasher } from '../password-hasher.ts'
import { isOver, type Session, sessionEnded, sessionId } from '../session.ts'
import type { SessionStore } from '../session-store.ts'
import { type PasskeyDeps, usePasskey } from '../use-passkey.ts'
import { userId as parsedUserId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = PasskeyDeps & {
  readonly challenges: ChallengeStore
  readonly database: Database<Tables>
  readonly users: UserStore
  readonly groups: GroupStore
  readonly sessions: SessionStore
  readonly factors: FactorStore
  readonly passwords: PasswordHasher
  readonly dataCipher: DataCipher
  readonly limits: Limits
  readonly issueAccessToken: IssueAccessToken
  readonly audit: Audit
  readonly now: () => Date
}

const entered = z
  .object({
    password: typedPassword.nullish(),
    totpCode: proofFields.totpCode,
    passkey: z.object({ challenge: z.string(), response: assertionJson }).nullish(),
  })
  .refine(hasOneOf('password', 'totpCode', 'passkey'), 'must hold exactly one of password, totpCode and passkey')

type Entered = z.output<typeof entered>
type Confirmed = { session: Session; rights: Rights; at: Date } | { refused: AppError }

/** Confirms that it is still the owner of the session, by a second factor where one is on, and gives a fresh access token. */
export const stepUp = (deps: Deps) => {
  const { database, users, groups, sessions, audit, now } = deps

  /** Whether a passkey of the user has answered a challenge of theirs, which is used up either way. */
  const answers = async (
    tx: Tx<Tables>,
    { userId, at }: { userId: Session['userId']; at: Date },
    given: NonNullable<Entered['passkey']>,
  ): Promise<boolean> => {
    const token = challengeToken.safeParse(given.challenge)
    const challenge = token.success ? await deps.challenges.lock(tx, token.data, 'step-up', at) : undefined
    if (!token.success || challenge?.userId !== userId) return false
    await deps.challenges.remove(tx, token.data)
    return (await usePasskey(tx, deps, { userId, nonce: challenge.nonce, at }, given.response)) !== undefined
  }

  const tryProof = async (
    tx: Tx<Tables>,
    attempt: { userId: Session['userId']; at: Date; trace: Caller['trace'] },
    { totpCode, passkey }: Entered,
    isPasswordRight: boolean,
  ): Promise<{ outcome: Outcome; level: AuthenticationLevel | undefined; wrong: () => AppError }> => {
    if (passkey) {
      const isRight = await answers(tx, attempt, passkey)
      return { outcome: isRight ? 'right' : 'wrong', level: 'multi-factor', wrong: passkeyWrong }
    }
    if (typeof totpCode === 'string') {
      const outcome = await tryFactor(tx, deps, { ...attempt, nonce: NO_NONCE }, { totpCode })
      return { outcome, level: 'multi-factor', wrong: secondFactorWrong }
    }
    if (areOn(await factorsOf(tx, deps, attempt.userId))) {
      return { outcome: 'wrong', level: undefined, wrong: secondFactorRequired }
    }
    const outcome = await countingFailures(tx, deps, attempt, () => isPasswordRight)
    return { outcome, level: undefined, wrong: passwordWrong }
  }

  // An error would roll back what counts the wrong proofs, so a refusal is a value.
  const confirm = async (
    tx: Tx<Tables>,
    actor: UserActor,
    given: Entered,
    isPasswordRight: boolean,
    trace: Caller['trace'],
  ): Promise<Confirmed> => {
    const userId = parsedUserId.parse(actor.id)
    await users.lockAgainstChange(tx, userId)
    const session = await sessions.lock(tx, sessionId.parse(actor.sessionId))
    const at = now()
    if (session === undefined || isOver(session, at)) return { refused: sessionEnded() }
    const { outcome, level, wrong } = await tryProof(tx, { userId, at, trace }, given, isPasswordRight)
    const entry = { actor, action: 'security:session:confirm', resource: { type: 'Session', id: session.id } }
    if (outcome !== 'right') {
      const refused = outcome === 'wrong' ? wrong() : codesLocked(outcome.lockedUntil, at)
      await audit.record(tx, { ...entry, outcome: 'failed', reason: refused.reason }, trace)
      return { refused }
    }
    await audit.record(tx, { ...entry, outcome: 'allowed' }, trace)
    const confirmed = await sessions.confirm(tx, session, level ?? session.authenticationLevel, at)
    return { session: confirmed, rights: await groups.rightsOf(tx, userId, at), at }
  }

  return async ({ actor: anybody, trace, client }: Caller, input: StepUpInput): Promise<StepUpPayload> => {
    const actor = requireUser(anybody)
    if (actor.actingServiceId !== undefined) throw forbidden('A service cannot do this for a person.')
    const given = parseInput(entered, input)
    await deps.limits.take('second-factor', client)
    // Before the transaction, because it takes its time.
    const isPasswordRight = await isRight(given, actor.id)
    const confirmed = await inTransaction(database, (tx) => confirm(tx, actor, given, isPasswordRight, trace))
    if ('refused' in confirmed) throw confirmed.refused
    return deps.issueAccessToken(confirmed.session, confirmed.rights, confirmed.at)
  }

  async function isRight({ password }: Entered, userId: string): Promise<boolean> {
    if (password === null || password === undefined) return false
    const found = await users.findWithHash(database, { id: parsedUserId.parse(userId) })
    return (await deps.passwords.verify(password, found?.passwordHash)).isRight
  }
}

// A code signs nothing.
const NO_NONCE = Buffer.alloc(0)

const passwordWrong = (): AppError => unauthenticated('PASSWORD_WRONG', 'The password is wrong.')

const secondFactorRequired = (): AppError =>
  unauthenticated('SECOND_FACTOR_REQUIRED', 'A second factor is on: confirm with it, not with the password.')
