import 'server-only'
import { config } from '#config.ts'
import type { IdentityProvider } from '#identity-providers.ts'

/** The provider with this id, where it is configured. */
export const findProvider = (id: string): IdentityProvider | undefined =>
  config().identityProviders.find((provider) => provider.id === id)
