import type { Caller } from '@neotool/kit/caller'
import { parseInput } from '@neotool/kit/input'
import { type AdministerDeps, administer } from '../administer.ts'
import type { CreateServicePrincipalInput } from '../generated/graphql.ts'
import { giveCredential } from '../service-credential.ts'
import { newServicePrincipal, type ServicePrincipal, servicePrincipalNotFound } from '../service-principal.ts'
import type { ServicePrincipalStore } from '../service-principal-store.ts'

type Deps = AdministerDeps & {
  readonly servicePrincipals: ServicePrincipalStore
  /** Whom the access tokens of users are for. */
  readonly audience: string
}

/** Makes a service principal with rights that its maker holds for good. This answer alone has its secret. */
export const createServicePrincipal =
  (deps: Deps) =>
  (
    caller: Pick<Caller, 'actor' | 'trace'>,
    input: CreateServicePrincipalInput,
  ): Promise<{ servicePrincipal: ServicePrincipal; clientSecret: string | null }> =>
    administer(deps)(
      caller,
      { action: 'security:service:save', resource: { type: 'Service' } },
      async ({ tx, actor, at, made, mayGive }) => {
        const { publicKey, audiences, ...given } = parseInput(newServicePrincipal, input)
        await mayGive(given.permissions)
        const { servicePrincipals, audience } = deps
        const complete = { ...given, audiences: audiences ?? [audience], createdById: actor.id, createdAt: at }
        const id = await servicePrincipals.insert(tx, complete)
        const clientSecret = await giveCredential(tx, servicePrincipals, id, { publicKey, at })
        const servicePrincipal = await servicePrincipals.lock(tx, id, at)
        if (servicePrincipal === undefined) throw servicePrincipalNotFound(id)
        return { servicePrincipal: made(servicePrincipal), clientSecret }
      },
    )
