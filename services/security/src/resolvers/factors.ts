import type { SecurityResolvers } from '../resolvers.ts'
import type { UseCases } from '../use-cases.ts'

/** Factors: how somebody proves who they are, beside their password. */
export const factorResolvers = (useCases: UseCases) =>
  ({
    Mutation: {
      completeSignIn: async (_parent, { input }, context) => {
        const { session, user, actor } = await useCases.completeSignIn(context, input)
        return { session, user: { user, viewer: actor } }
      },
      stepUp: (_parent, { input }, context) => useCases.stepUp(context, input),
      enrolTotp: (_parent, _args, context) => useCases.enrolTotp(context),
      confirmTotp: (_parent, { input }, context) => useCases.confirmTotp(context, input),
      removeTotp: async (_parent, _args, context) => ({ factors: await useCases.removeTotp(context) }),
      beginPasskeyRegistration: async (_parent, _args, context) => ({
        challenge: await useCases.beginPasskeyRegistration(context),
      }),
      registerPasskey: (_parent, { input }, context) => useCases.registerPasskey(context, input),
      removePasskey: async (_parent, { input }, context) => ({ factors: await useCases.removePasskey(context, input) }),
      beginPasskeySignIn: async (_parent, _args, context) => ({
        challenge: await useCases.beginPasskeySignIn(context),
      }),
      signInWithPasskey: async (_parent, { input }, context) => {
        const { session, user, actor } = await useCases.signInWithPasskey(context, input)
        return { session, user: { user, viewer: actor } }
      },
      beginPasskeyStepUp: async (_parent, _args, context) => ({
        challenge: await useCases.beginPasskeyStepUp(context),
      }),
      regenerateRecoveryCodes: (_parent, _args, context) => useCases.regenerateRecoveryCodes(context),
    },
    User: {
      factors: (seen) => useCases.viewFactors(seen),
    },
  }) satisfies SecurityResolvers
