import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { ANONYMOUS, type UserActor } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { emailAddress, parseInput, singleLine } from '@neotool/kit/input'
import { type Database, inTransaction, type Tx } from '@neotool/kit/postgres'
import type { Trace } from '@neotool/kit/telemetry'
import type { IssueAccessToken } from '../access-token.ts'
import { type ContinueSignInDeps, continueSignIn, SIGN_IN } from '../continue-sign-in.ts'
import type { Tables } from '../database.ts'
import type { FederatedIdentityStore } from '../federated-identity-store.ts'
import type { SessionTokens, SignInChallenge, SignInWithOAuthInput } from '../generated/graphql.ts'
import type { GroupStore } from '../group-store.ts'
import { MEMBERS } from '../groups.ts'
import type { VerifyIdToken } from '../id-token-verifier.ts'
import {
  type FederatedPerson,
  identityNotLinked,
  identityTaken,
  idTokenInput,
  idTokenInvalid,
  providerEmailUnverified,
} from '../identity-provider.ts'
import type { Limits } from '../limits.ts'
import { toActor } from '../session.ts'
import { tokensOf } from '../start-session.ts'
import type { User, UserId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = ContinueSignInDeps & {
  database: Database<Tables>
  users: UserStore
  groups: GroupStore
  federatedIdentities: FederatedIdentityStore
  verifyIdToken: VerifyIdToken
  limits: Limits
  issueAccessToken: IssueAccessToken
  audit: Audit
  now: () => Date
}

const displayName = singleLine(100)

/**
 * Starts a session of whoever an OpenID Connect provider says is here, or asks for a second factor. Somebody new gets an account without a password; an
 * account with the same e-mail is theirs only where both sides have verified it, and is linked from then on.
 */
export const signInWithOAuth = (deps: Deps) => {
  const { database, users, groups, federatedIdentities, verifyIdToken, limits, audit, now } = deps

  const ownerOf = async (tx: Tx<Tables>, person: FederatedPerson, trace: Trace): Promise<UserId> => {
    const known = await federatedIdentities.findUserId(tx, person)
    if (known !== undefined) return known
    const email = emailAddress.safeParse(person.email)
    if (!email.success || !person.isEmailVerified) throw providerEmailUnverified()
    const made = await users.insertIfNew(tx, {
      email: email.data,
      displayName: nameOf(person, email.data),
      locale: 'en',
    })
    const owner = made ?? (await users.lockByEmail(tx, email.data))
    // Deleted between the two statements.
    if (owner === undefined) throw idTokenInvalid()
    if (made === undefined && !owner.isEmailVerified) throw identityNotLinked()
    if (made !== undefined) {
      await users.markEmailVerified(tx, made.id, now())
      await groups.addMember(tx, MEMBERS, made.id)
    }
    if (!(await federatedIdentities.link(tx, owner.id, person, now()))) {
      // Another request was faster with the same one; or it is a second account at this provider.
      if ((await federatedIdentities.findUserId(tx, person)) !== owner.id) throw identityTaken()
    } else if (made === undefined) {
      const data = { userId: owner.id, kind: 'identity-linked' } as const
      await addEvent(tx, mailRequestedV1, { subject: owner.id, data, trace })
    }
    return owner.id
  }

  return async (
    { trace, client }: Caller,
    input: SignInWithOAuthInput,
  ): Promise<{ session: SessionTokens; user: User; actor: UserActor } | { challenge: SignInChallenge }> => {
    await limits.take('federated-sign-in', client)
    const { person, tokenHash, expiresAt } = await verifyIdToken(parseInput(idTokenInput, input))
    const step = await inTransaction(database, async (tx) => {
      if (!(await federatedIdentities.claimToken(tx, tokenHash, expiresAt))) throw idTokenInvalid()
      const userId = await ownerOf(tx, person, trace)
      const signedIn = { userId, client, isRemembered: input.rememberMe ?? false }
      const reached = await continueSignIn(tx, deps, { ...signedIn, at: now() })
      if ('challenge' in reached) {
        const entry = { actor: ANONYMOUS, action: SIGN_IN, resource: { type: 'User', id: userId } } as const
        await audit.record(tx, { ...entry, outcome: 'allowed', reason: 'SECOND_FACTOR_REQUIRED' }, trace)
        return reached
      }
      const { session, rights } = reached.started
      const entry = { actor: toActor(session, rights), action: SIGN_IN, resource: { type: 'Session', id: session.id } }
      await audit.record(tx, { ...entry, outcome: 'allowed', reason: 'IDENTITY_PROVIDER' }, trace)
      return { ...reached, user: await users.find(tx, userId) }
    })
    if ('challenge' in step) return step
    const { started, user } = step
    if (user === undefined) throw idTokenInvalid()
    return {
      session: await tokensOf(started, deps.issueAccessToken),
      user,
      actor: toActor(started.session, started.rights),
    }
  }
}

/** What the provider calls them, where that is a name; else the first half of the e-mail. */
const nameOf = ({ name }: FederatedPerson, email: string): string => {
  const given = displayName.safeParse(name?.slice(0, 100))
  return given.success ? given.data : (email.split('@')[0] ?? email).slice(0, 100)
}
