import type { Database } from '@neotool/kit/postgres'
import type { Tables } from '../database.ts'
import type { FederatedIdentityStore } from '../federated-identity-store.ts'
import type { IdentityProvider } from '../identity-provider.ts'
import type { UserId } from '../user.ts'

type Deps = {
  database: Database<Tables>
  federatedIdentities: FederatedIdentityStore
  identityProviders: readonly IdentityProvider[]
}

/** The accounts at providers that are linked to a user's; of providers that are configured no more there is no use. */
export const listIdentities =
  ({ database, federatedIdentities, identityProviders }: Deps) =>
  async (userId: UserId): Promise<readonly { readonly provider: IdentityProvider; readonly linkedAt: Date }[]> => {
    const identities = await federatedIdentities.listOf(database, userId)
    return identities.flatMap(({ issuer, linkedAt }) => {
      const provider = identityProviders.find((each) => each.issuer === issuer)
      return provider === undefined ? [] : [{ provider, linkedAt }]
    })
  }
