import type { AuthenticationLevel } from '@neotool/kit/auth'
import { deviceOf } from '../device.ts'
import type { AuthenticationLevel as GraphqlLevel } from '../generated/graphql.ts'
import type { SecurityResolvers } from '../resolvers.ts'
import type { UseCases } from '../use-cases.ts'

const LEVELS = {
  'single-factor': 'SINGLE_FACTOR',
  'multi-factor': 'MULTI_FACTOR',
} as const satisfies Record<AuthenticationLevel, GraphqlLevel>

/** Sessions: how long somebody stays signed in, and where. */
export const sessionResolvers = (useCases: UseCases) =>
  ({
    Query: {
      sessions: (_parent, args, context) => useCases.listSessions(context, args),
    },
    Mutation: {
      signIn: async (_parent, { input }, context) => {
        const reached = await useCases.signIn(context, input)
        if ('challenge' in reached) return { session: null, user: null, challenge: reached.challenge }
        const { session, user, actor } = reached
        return { session, user: { user, viewer: actor }, challenge: null }
      },
      refreshAccessToken: (_parent, { input }, context) => useCases.refreshAccessToken(context, input),
      signOut: async (_parent, { input }, context) => {
        await useCases.signOut(context, input)
        return { signedOut: true }
      },
      endSession: async (_parent, { input }, context) => ({
        endedSessionId: await useCases.endOwnSession(context, input),
      }),
      endOtherSessions: async (_parent, _args, context) => ({ ended: await useCases.endOtherSessions(context) }),
    },
    Session: {
      device: ({ userAgent }) => (userAgent === null ? null : deviceOf(userAgent)),
      isCurrent: ({ id }, _args, { actor }) => actor.kind === 'user' && actor.sessionId === id,
      authenticationLevel: (session) => LEVELS[session.authenticationLevel],
    },
  }) satisfies SecurityResolvers
