import type { Audit } from '@neotool/kit/audit'
import { requireFreshUser } from '@neotool/kit/auth'
import type { Authorizer } from '@neotool/kit/authz'
import type { Caller } from '@neotool/kit/caller'
import { type Database, inTransaction } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { FederatedIdentityStore } from '../federated-identity-store.ts'
import type { UnlinkIdentityInput } from '../generated/graphql.ts'
import { type IdentityProvider, identityNotFound, lastWayIn, unknownProvider } from '../identity-provider.ts'
import type { PasskeyStore } from '../passkey-store.ts'
import { userId } from '../user.ts'
import type { UserStore } from '../user-store.ts'

type Deps = {
  database: Database<Tables>
  users: UserStore
  federatedIdentities: FederatedIdentityStore
  passkeys: PasskeyStore
  identityProviders: readonly IdentityProvider[]
  authorizer: Authorizer
  audit: Audit
  now: () => Date
}

/** Unlinks the provider's account from the caller's; throws LAST_WAY_IN where they could not sign in any more. */
export const unlinkIdentity =
  ({ database, users, federatedIdentities, passkeys, identityProviders, authorizer, audit, now }: Deps) =>
  async ({ actor, trace }: Caller, { providerId }: UnlinkIdentityInput): Promise<void> => {
    const id = userId.parse(requireFreshUser(actor, now()).id)
    const decision = authorizer.authorize(actor, 'security:account:save', { type: 'User', id })
    const provider = identityProviders.find((each) => each.id === providerId)
    if (provider === undefined) throw unknownProvider()
    await inTransaction(database, async (tx) => {
      // Two that are unlinked at once: the second one waits here, and is the last.
      const passwordHash = await users.lockHash(tx, id)
      if (!(await federatedIdentities.unlink(tx, id, provider.issuer))) throw identityNotFound()
      const rest = await federatedIdentities.listOf(tx, id)
      const { length: passkeyCount } = await passkeys.listOf(tx, id)
      if (passwordHash === undefined && rest.length === 0 && passkeyCount === 0) throw lastWayIn()
      await audit.recordDecision(tx, decision, trace)
    })
  }
