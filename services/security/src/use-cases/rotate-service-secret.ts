import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type AdministerDeps, administer } from '../administer.ts'
import type { RotateServiceSecretInput } from '../generated/graphql.ts'
import { giveCredential } from '../service-credential.ts'
import {
  overlapEnd,
  type ServicePrincipal,
  secretRotation,
  servicePrincipalDisabled,
  servicePrincipalNotFound,
} from '../service-principal.ts'
import type { ServicePrincipalStore } from '../service-principal-store.ts'

type Deps = AdministerDeps & { readonly servicePrincipals: ServicePrincipalStore }

/**
 * Gives a principal a new secret or key; what it had stays good for the overlap. Whoever knows the secret has the
 * principal's rights, so they must hold them all, for good.
 */
export const rotateServiceSecret =
  (deps: Deps) =>
  (
    caller: Pick<Caller, 'actor' | 'trace'>,
    input: RotateServiceSecretInput,
  ): Promise<{ servicePrincipal: ServicePrincipal; clientSecret: string | null }> => {
    const { id, publicKey, overlapHours } = parseInput(secretRotation, input)
    const asked = { action: 'security:service:save', resource: { type: 'Service', id } }
    return administer(deps)(caller, asked, async ({ tx, at, mayGive }) => {
      const { servicePrincipals } = deps
      const known = await servicePrincipals.lock(tx, id, at)
      if (known === undefined) throw servicePrincipalNotFound(id)
      if (known.disabledAt !== undefined) throw servicePrincipalDisabled()
      await mayGive(known.permissions)
      await servicePrincipals.expireCredentials(tx, id, overlapEnd(overlapHours, at), at)
      const clientSecret = await giveCredential(tx, servicePrincipals, id, { publicKey, at })
      return { servicePrincipal: (await servicePrincipals.lock(tx, id, at)) ?? known, clientSecret }
    })
  }
