import type { GraphqlContext } from '@neotool/kit/graphql'
import { dateTimeScalar } from '@neotool/kit/scalars'
import type { Resolvers } from './generated/graphql.ts'
import type { RightsLoader, UserLoader } from './loaders.ts'
import { findCurrentUser } from './use-cases/find-current-user.ts'
import type { UseCases } from './use-cases.ts'

export type SecurityContext = GraphqlContext & { readonly userLoader: UserLoader; readonly rightsLoader: RightsLoader }

/** The fields of contracts/graphql/security.graphql: arguments in, use case, view out. */
export const createResolvers = (useCases: UseCases): Resolvers<SecurityContext> => ({
  DateTime: dateTimeScalar,
  Query: {
    currentUser: (_parent, _args, { actor, userLoader }) => findCurrentUser(actor, userLoader),
  },
  Mutation: {
    signUp: (_parent, { input }, context) => useCases.signUp(context, input),
    signIn: async (_parent, { input }) => {
      const { session, user, actor } = await useCases.signIn(input)
      return { session, user: { user, viewer: actor } }
    },
    refreshAccessToken: (_parent, { input }) => useCases.refreshAccessToken(input),
    signOut: async (_parent, { input }) => {
      await useCases.signOut(input)
      return { signedOut: true }
    },
    verifyEmailWithToken: async (_parent, { input }) => {
      await useCases.verifyEmailWithToken(input)
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
})
