import type { SecurityResolvers } from '../resolvers.ts'
import type { UseCases } from '../use-cases.ts'

/** Sessions: how long somebody stays signed in, and where. */
export const sessionResolvers = (useCases: UseCases) =>
  ({
    Mutation: {
      signIn: async (_parent, { input }, context) => {
        const { session, user, actor } = await useCases.signIn(context, input)
        return { session, user: { user, viewer: actor } }
      },
      refreshAccessToken: (_parent, { input }, context) => useCases.refreshAccessToken(context, input),
      signOut: async (_parent, { input }, context) => {
        await useCases.signOut(context, input)
        return { signedOut: true }
      },
    },
  }) satisfies SecurityResolvers
