import 'server-only'
import { graphql } from '#generated/gql.ts'

export const conversationsQuery = graphql(`
  query Conversations($first: Int, $after: String, $last: Int, $before: String) {
    conversations(first: $first, after: $after, last: $last, before: $before) {
      edges { node { id title createdAt } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`)

export const conversationQuery = graphql(`
  query Conversation($id: ID!, $last: Int!, $before: String) {
    conversation(id: $id) {
      id
      title
      messages(last: $last, before: $before) {
        edges { node { id role text createdAt products { id name } } }
        pageInfo { hasPreviousPage startCursor }
      }
    }
  }
`)

export const createConversationMutation = graphql(`
  mutation CreateConversation {
    createConversation { conversation { id } }
  }
`)

export const sendMessageMutation = graphql(`
  mutation SendMessage($input: SendMessageInput!) {
    sendMessage(input: $input) { message { id } reply { id } }
  }
`)

export const deleteConversationMutation = graphql(`
  mutation DeleteConversation($input: DeleteConversationInput!) {
    deleteConversation(input: $input) { deletedConversationId }
  }
`)
