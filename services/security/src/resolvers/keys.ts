import type { SigningKey, SigningKeyState } from '../generated/graphql.ts'
import type { KeyFacts, KeyState } from '../key-ring.ts'
import type { SecurityResolvers } from '../resolvers.ts'
import type { UseCases } from '../use-cases.ts'

/** The keys that sign access tokens. */
export const keyResolvers = (useCases: UseCases) =>
  ({
    Query: {
      signingKeys: async (_parent, _args, { actor }) => (await useCases.listSigningKeys(actor)).map(view),
    },
    Mutation: {
      rotateSigningKey: async (_parent, _args, context) => ({
        signingKeys: (await useCases.rotateSigningKey(context)).map(view),
      }),
    },
  }) satisfies SecurityResolvers

const STATES = {
  next: 'NEXT',
  current: 'CURRENT',
  previous: 'PREVIOUS',
  retired: 'RETIRED',
} as const satisfies Record<KeyState, SigningKeyState>

const view = ({ kid, state, createdAt, since }: KeyFacts): SigningKey => ({
  id: kid,
  state: STATES[state],
  createdAt,
  since,
})
