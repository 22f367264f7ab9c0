import type { SecurityResolvers } from '../resolvers.ts'
import { findCurrentUser } from '../use-cases/find-current-user.ts'
import type { UseCases } from '../use-cases.ts'

/** Accounts: who somebody is. */
export const accountResolvers = (useCases: UseCases) =>
  ({
    Query: {
      currentUser: (_parent, _args, { actor, userLoader }) => findCurrentUser(actor, userLoader),
    },
    Mutation: {
      signUp: (_parent, { input }, context) => useCases.signUp(context, input),
      verifyEmailWithToken: async (_parent, { input }, context) => {
        await useCases.verifyEmailWithToken(context, input)
        return { verified: true }
      },
      requestEmailVerification: async (_parent, _args, context) => {
        await useCases.requestEmailVerification(context)
        return { requested: true }
      },
    },
    User: {
      __resolveReference: ({ id }, { actor, userLoader }) => useCases.findUser(actor, userLoader, id),
      id: ({ user }) => user.id,
      displayName: ({ user }) => user.displayName,
      createdAt: ({ user }) => user.createdAt,
      email: (seen) => useCases.viewPrivate(seen).email,
      emailVerified: (seen) => useCases.viewPrivate(seen).isEmailVerified,
      permissions: async (seen, _args, { rightsLoader }) =>
        (await rightsLoader.load(useCases.viewPrivate(seen).id)).permissions,
    },
  }) satisfies SecurityResolvers
