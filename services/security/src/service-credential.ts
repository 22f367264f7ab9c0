import type { Tx } from '@neotool/kit/postgres'
import type { Tables } from './database.ts'
import { hashOfToken } from './opaque-token.ts'
import type { PublicKey } from './public-key.ts'
import { createClientSecret, type ServicePrincipalId } from './service-principal.ts'
import type { ServicePrincipalStore } from './service-principal-store.ts'

/** Gives a principal its public key or, where there is none, a new secret: returned once and stored nowhere. */
export const giveCredential = async (
  tx: Tx<Tables>,
  servicePrincipals: ServicePrincipalStore,
  principalId: ServicePrincipalId,
  { publicKey, at }: { publicKey: PublicKey | undefined; at: Date },
): Promise<string | null> => {
  if (publicKey !== undefined) {
    await servicePrincipals.addCredential(tx, principalId, { publicKey }, at)
    return null
  }
  const clientSecret = createClientSecret()
  await servicePrincipals.addCredential(tx, principalId, { secretHash: hashOfToken(clientSecret) }, at)
  return clientSecret
}
