import type { SecurityResolvers } from '../resolvers.ts'
import type { UseCases } from '../use-cases.ts'

/** Service principals: machines that act with rights of their own. */
export const servicePrincipalResolvers = (useCases: UseCases) =>
  ({
    Query: {
      servicePrincipals: (_parent, args, context) => useCases.listServicePrincipals(context, args),
    },
    Mutation: {
      createServicePrincipal: (_parent, { input }, context) => useCases.createServicePrincipal(context, input),
      rotateServiceSecret: (_parent, { input }, context) => useCases.rotateServiceSecret(context, input),
      disableServicePrincipal: async (_parent, { input }, context) => ({
        servicePrincipal: await useCases.disableServicePrincipal(context, input),
      }),
    },
    ServicePrincipal: {
      createdBy: ({ createdById }, _args, { actor, userLoader }) => useCases.findUser(actor, userLoader, createdById),
    },
    ServiceCredential: {
      keyId: ({ publicKey }) => publicKey?.kid ?? null,
    },
    ServicePrincipalConnection: {
      totalCount: ({ totalCount }) => totalCount(),
    },
  }) satisfies SecurityResolvers
