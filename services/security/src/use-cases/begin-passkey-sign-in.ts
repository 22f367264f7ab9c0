import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { newChallenge } from '../challenge.ts'
import type { ChallengeStore } from '../challenge-store.ts'
import type { Tables } from '../database.ts'
import type { PasskeyChallenge } from '../generated/graphql.ts'
import type { Limits } from '../limits.ts'
import type { RelyingParty } from '../relying-party.ts'

type Deps = {
  readonly database: Database<Tables>
  readonly challenges: ChallengeStore
  readonly relyingParty: RelyingParty
  readonly limits: Limits
  readonly now: () => Date
}

/** What a passkey has to sign to let its owner in; the same for everybody, whoever has one. */
export const beginPasskeySignIn =
  ({ database, challenges, relyingParty, limits, now }: Deps) =>
  async ({ client }: Caller): Promise<PasskeyChallenge> => {
    await limits.take('second-factor', client)
    const challenge = newChallenge({ purpose: 'passkey-sign-in' }, now())
    await inTransaction(database, (tx) => challenges.insert(tx, challenge))
    const { token, nonce, expiresAt } = challenge
    return { token, expiresAt, options: await relyingParty.assertionOptions({ nonce, needsUserVerification: true }) }
  }
