import type { SecurityResolvers } from '../resolvers.ts'
import { findCurrentUser } from '../use-cases/find-current-user.ts'
import type { UseCases } from '../use-cases.ts'

/** Accounts at other providers that people sign in with. */
export const identityResolvers = (useCases: UseCases) =>
  ({
    Query: {
      identityProviders: () => useCases.listIdentityProviders(),
    },
    Mutation: {
      signInWithOAuth: async (_parent, { input }, context) => {
        const reached = await useCases.signInWithOAuth(context, input)
        if ('challenge' in reached) return { session: null, user: null, challenge: reached.challenge }
        const { session, user, actor } = reached
        return { session, user: { user, viewer: actor }, challenge: null }
      },
      linkIdentity: async (_parent, { input }, context) => {
        await useCases.linkIdentity(context, input)
        return { user: await findCurrentUser(context.actor, context.userLoader) }
      },
      unlinkIdentity: async (_parent, { input }, context) => {
        await useCases.unlinkIdentity(context, input)
        return { user: await findCurrentUser(context.actor, context.userLoader) }
      },
    },
    User: {
      identities: (seen) => useCases.listIdentities(useCases.viewPrivate(seen).id),
    },
  }) satisfies SecurityResolvers
