import type { Secret } from '@neotool/kit/config'
import type { GraphqlContext } from '@neotool/kit/graphql'
import { dateTimeScalar } from '@neotool/kit/scalars'
import type { Resolvers } from './generated/graphql.ts'
import type { MessageLoader } from './message-loader.ts'
import type { UseCases } from './use-cases.ts'

export type AssistantContext = GraphqlContext & {
  readonly messageLoader: MessageLoader
  /** The caller's own Authorization header, which the assistant asks the API with. */
  readonly authorization: Secret
}

/** The fields of contracts/graphql/assistant.graphql: arguments in, use case, view out. */
export const createResolvers = (useCases: UseCases): Resolvers<AssistantContext> => ({
  DateTime: dateTimeScalar,
  Query: {
    conversation: (_parent, { id }, context) => useCases.findConversation(context, id),
    conversations: (_parent, args, context) => useCases.listConversations(context, args),
  },
  Mutation: {
    createConversation: async (_parent, _args, context) => ({
      conversation: await useCases.createConversation(context),
    }),
    sendMessage: (_parent, { input }, context) => useCases.sendMessage(context, context.authorization, input),
    deleteConversation: async (_parent, { input }, context) => ({
      deletedConversationId: await useCases.deleteConversation(context, input),
    }),
  },
  Conversation: {
    messages: (conversation, args, context) => useCases.listMessages(context.messageLoader, conversation, args),
  },
  Message: {
    products: ({ productIds }) => productIds.map((id) => ({ id })),
  },
  SendMessagePayload: {
    reply: ({ reply }) => {
      if (reply.status === 'rejected') throw reply.reason
      return reply.value
    },
  },
})
