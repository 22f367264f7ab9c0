import { requireUser } from '@neotool/kit/auth'
import type { Caller } from '@neotool/kit/caller'
import { forbidden } from '@neotool/kit/errors'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import { newChallenge } from '../challenge.ts'
import type { ChallengeStore } from '../challenge-store.ts'
import type { Tables } from '../database.ts'
import type { PasskeyChallenge } from '../generated/graphql.ts'
import type { Limits } from '../limits.ts'
import type { PasskeyDeps } from '../use-passkey.ts'
import { userId as parsedUserId } from '../user.ts'

type Deps = PasskeyDeps & {
  readonly database: Database<Tables>
  readonly challenges: ChallengeStore
  readonly limits: Limits
  readonly now: () => Date
}

/** What one of the caller's passkeys has to sign for stepUp. */
export const beginPasskeyStepUp =
  ({ database, challenges, passkeys, relyingParty, limits, now }: Deps) =>
  async ({ actor, client }: Caller): Promise<PasskeyChallenge> => {
    const user = requireUser(actor)
    if (user.actingServiceId !== undefined) throw forbidden('A service cannot do this for a person.')
    await limits.take('second-factor', client)
    const userId = parsedUserId.parse(user.id)
    const challenge = newChallenge({ purpose: 'step-up', userId }, now())
    await inTransaction(database, (tx) => challenges.insert(tx, challenge))
    const { token, nonce, expiresAt } = challenge
    const present = await passkeys.listOf(database, userId)
    const options = await relyingParty.assertionOptions({ nonce, needsUserVerification: false }, present)
    return { token, expiresAt, options }
  }
