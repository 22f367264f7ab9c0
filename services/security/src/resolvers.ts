import type { GraphqlContext } from '@neotool/kit/graphql'
import { dateTimeScalar } from '@neotool/kit/scalars'
import type { Resolvers } from './generated/graphql.ts'
import type { DirectoryLoaders, RightsLoader, UserLoader } from './loaders.ts'
import { accountResolvers } from './resolvers/accounts.ts'
import { administrationResolvers } from './resolvers/administration.ts'
import { auditResolvers } from './resolvers/audit.ts'
import { factorResolvers } from './resolvers/factors.ts'
import { identityResolvers } from './resolvers/identities.ts'
import { keyResolvers } from './resolvers/keys.ts'
import { policyResolvers } from './resolvers/policies.ts'
import { servicePrincipalResolvers } from './resolvers/service-principals.ts'
import { sessionResolvers } from './resolvers/sessions.ts'
import type { UseCases } from './use-cases.ts'

export type SecurityContext = GraphqlContext & {
  readonly userLoader: UserLoader
  readonly rightsLoader: RightsLoader
  readonly directory: DirectoryLoaders
}
export type SecurityResolvers = Resolvers<SecurityContext>

/** The fields of contracts/graphql/security.graphql: arguments in, use case, view out. */
export const createResolvers = (useCases: UseCases): SecurityResolvers => {
  const parts: readonly SecurityResolvers[] = [
    accountResolvers(useCases),
    sessionResolvers(useCases),
    keyResolvers(useCases),
    servicePrincipalResolvers(useCases),
    auditResolvers(useCases),
    administrationResolvers(useCases),
    identityResolvers(useCases),
    policyResolvers(useCases),
    factorResolvers(useCases),
  ]
  const byType: Record<string, object> = { DateTime: dateTimeScalar }
  for (const part of parts) {
    for (const [type, fields] of Object.entries(part)) byType[type] = { ...byType[type], ...fields }
  }
  return byType as SecurityResolvers
}
