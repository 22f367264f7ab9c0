import type { PolicyState } from '../policy-version.ts'
import type { SecurityResolvers } from '../resolvers.ts'
import type { UseCases } from '../use-cases.ts'

const STATES = { draft: 'DRAFT', active: 'ACTIVE', superseded: 'SUPERSEDED' } as const

/** Policies: the rules that every service decides by, in versions. */
export const policyResolvers = (useCases: UseCases) =>
  ({
    Query: {
      policies: (_parent, { state, ...page }, context) =>
        useCases.listPolicies(context, { ...page, state: state?.toLowerCase() as PolicyState | undefined }),
      policySources: (_parent, _args, context) => useCases.viewPolicySources(context),
      simulatePolicy: (_parent, args, context) => useCases.simulatePolicy(context, args),
      explain: (_parent, args, context) => useCases.explain(context, args),
      checkPermission: (_parent, args, context) => ({ isAllowed: useCases.checkPermission(context, args) }),
    },
    Mutation: {
      draftPolicy: async (_parent, { input }, context) => ({ policy: await useCases.draftPolicy(context, input) }),
      activatePolicy: async (_parent, { input }, context) => ({
        policy: await useCases.activatePolicy(context, input),
      }),
      rollbackPolicy: async (_parent, { input }, context) => ({
        policy: await useCases.rollbackPolicy(context, input),
      }),
    },
    PolicyVersion: {
      state: ({ state }) => STATES[state],
      author: ({ authorId }, _args, { actor, userLoader }) => useCases.findUser(actor, userLoader, authorId),
      activatedAt: ({ activation }) => activation?.at ?? null,
      activatedBy: ({ activation }, _args, { actor, userLoader }) =>
        activation === undefined ? null : useCases.findUser(actor, userLoader, activation.byId),
      supersededAt: ({ supersededAt }) => supersededAt ?? null,
      restores: ({ restores }) => restores ?? null,
    },
  }) satisfies SecurityResolvers
