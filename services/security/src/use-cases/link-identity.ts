import { mailRequestedV1 } from '@neotool/contracts/events/security-mail'
import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { addEvent } from '@neotool/kit/events/outbox'
import { parseInput } from '@neotool/kit/input'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { FederatedIdentityStore } from '../federated-identity-store.ts'
import type { LinkIdentityInput } from '../generated/graphql.ts'
import type { VerifyIdToken } from '../id-token-verifier.ts'
import { identityTaken, idTokenInput, idTokenInvalid } from '../identity-provider.ts'
import type { Limits } from '../limits.ts'
import { userId } from '../user.ts'

type Deps = {
  database: Database<Tables>
  federatedIdentities: FederatedIdentityStore
  verifyIdToken: VerifyIdToken
  limits: Limits
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

/** Links an account at a provider to the caller's, whatever its e-mail: from now on either of the two signs them in. */
export const linkIdentity =
  ({ database, federatedIdentities, verifyIdToken, limits, authorizer, audit, now }: Deps) =>
  async ({ actor, trace, client }: Caller, input: LinkIdentityInput): Promise<void> => {
    const id = userId.parse(requireFreshUser(actor, now()).id)
    const decision = authorizer.authorize(actor, 'security:account:save', { type: 'User', id })
    await limits.take('federated-sign-in', client)
    const { person, tokenHash, expiresAt } = await verifyIdToken(parseInput(idTokenInput, input))
    await inTransaction(database, async (tx) => {
      if (!(await federatedIdentities.claimToken(tx, tokenHash, expiresAt))) throw idTokenInvalid()
      if (!(await federatedIdentities.link(tx, id, person, now()))) throw identityTaken()
      await audit.recordDecision(tx, decision, trace)
      await addEvent(tx, mailRequestedV1, { subject: id, data: { userId: id, kind: 'identity-linked' }, trace })
    })
  }
