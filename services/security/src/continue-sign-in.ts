import type { Tx } from '@neotool/kit/postgres'
import { newChallenge } from './challenge.ts'
import type { ChallengeStore } from './challenge-store.ts'
import type { Tables } from './database.ts'
import type { FactorStore } from './factor-store.ts'
import { areOn, factorsOf, methodsOf } from './factors.ts'
import type { SignInChallenge } from './generated/graphql.ts'
import type { GroupStore } from './group-store.ts'
import type { PasskeyStore } from './passkey-store.ts'
import type { RelyingParty } from './relying-party.ts'
import type { SignedIn } from './session.ts'
import type { SessionStore } from './session-store.ts'
import { type StartedSession, startSession } from './start-session.ts'
import { accountDisabled, credentialsWrong } from './user.ts'
import type { UserStore } from './user-store.ts'

/** How the audit log calls what begins a session, or fails to. */
export const SIGN_IN = 'security:session:start'

export type ContinueSignInDeps = {
  readonly users: UserStore
  readonly sessions: SessionStore
  readonly groups: GroupStore
  readonly factors: FactorStore
  readonly challenges: ChallengeStore
  readonly passkeys: PasskeyStore
  readonly relyingParty: RelyingParty
}

/** After the first factor there is either a session, or something left to prove. */
export type SignInStep = { readonly started: StartedSession } | { readonly challenge: SignInChallenge }

/**
 * Goes on with the sign-in of a user who has proved one factor: starts the session, unless a second factor is on. Every way
 * of signing in by one factor ends here.
 */
export const continueSignIn = async (
  tx: Tx<Tables>,
  deps: ContinueSignInDeps,
  { at, ...person }: Omit<SignedIn, 'level'> & { readonly at: Date },
): Promise<SignInStep> => {
  const { userId, isRemembered } = person
  // Otherwise a session that begins beside the set-up of a factor would not know of it.
  const account = await deps.users.lockAgainstChange(tx, userId)
  if (account === undefined) throw credentialsWrong()
  if (account.isDisabled) throw accountDisabled()
  const present = await factorsOf(tx, deps, userId)
  if (!areOn(present)) return { started: await startSession(tx, deps, { ...person, level: 'single-factor', at }) }
  const challenge = newChallenge({ purpose: 'second-factor', userId, isRemembered }, at)
  await deps.challenges.insert(tx, challenge)
  const { token, nonce, expiresAt } = challenge
  const wanted = { nonce, needsUserVerification: false }
  const passkeyOptions =
    present.passkeys.length === 0 ? null : await deps.relyingParty.assertionOptions(wanted, present.passkeys)
  return { challenge: { token, methods: methodsOf(present), passkeyOptions, expiresAt } }
}
