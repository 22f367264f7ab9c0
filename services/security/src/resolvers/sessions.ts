import type { SecurityResolvers } from '../resolvers.ts'
import type { UseCases } from '../use-cases.ts'

/** Sessions: how long somebody stays signed in, and where. */
export const sessionResolvers = (useCases: UseCases) =>
  ({
    Mutation: {
      signIn: async (_parent, { input }) => {
        const { session, user, actor } = await useCases.signIn(input)
        return { session, user: { user, viewer: actor } }
      },
      refreshAccessToken: (_parent, { input }) => useCases.refreshAccessToken(input),
      signOut: async (_parent, { input }) => {
        await useCases.signOut(input)
        return { signedOut: true }
      },
    },
  }) satisfies SecurityResolvers
