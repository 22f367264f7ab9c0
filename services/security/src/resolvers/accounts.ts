import type { SecurityResolvers } from '../resolvers.ts'
import { findCurrentUser } from '../use-cases/find-current-user.ts'
import type { UseCases } from '../use-cases.ts'
import { toGraphqlLocale } from '../user.ts'

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
      resendVerificationEmail: async (_parent, _args, context) => {
        await useCases.resendVerificationEmail(context)
        return { requested: true }
      },
      updateProfile: async (_parent, { input }, context) => ({ user: await useCases.updateProfile(context, input) }),
      changePassword: async (_parent, { input }, context) => {
        await useCases.changePassword(context, input)
        return { changed: true }
      },
      requestPasswordReset: async (_parent, { input }, context) => {
        await useCases.requestPasswordReset(context, input)
        return { requested: true }
      },
      resetPassword: async (_parent, { input }, context) => {
        await useCases.resetPassword(context, input)
        return { reset: true }
      },
      deleteAccount: async (_parent, { input }, context) => ({
        deletedUserId: await useCases.deleteAccount(context, input),
      }),
    },
    User: {
      __resolveReference: ({ id }, { actor, userLoader }) => useCases.findUser(actor, userLoader, id),
      id: ({ user }) => user.id,
      displayName: ({ user }) => user.displayName,
      version: ({ user }) => user.version,
      createdAt: ({ user }) => user.createdAt,
      email: (seen) => useCases.viewPrivate(seen).email,
      emailVerified: (seen) => useCases.viewPrivate(seen).isEmailVerified,
      locale: (seen) => toGraphqlLocale(useCases.viewPrivate(seen).locale),
      disabled: (seen) => useCases.viewPrivate(seen).isDisabled,
      memberships: async ({ user, viewer }, _args, { directory }) => {
        const found = await directory.membershipsOfUser.load(useCases.viewPrivate({ user, viewer }).id)
        return found.map((membership) => ({ ...membership, user, viewer }))
      },
      permissions: async (seen, _args, { rightsLoader }) =>
        (await rightsLoader.load(useCases.viewPrivate(seen).id)).permissions,
    },
  }) satisfies SecurityResolvers
