import type { Audit } from '@neotool/kit/audit'
import type { Authorizer } from '@neotool/kit/authz'
import type { Database } from '@neotool/kit/postgres'
import type { Assistant } from './assistant.ts'
import type { ConversationStore } from './conversation-store.ts'
import type { Tables } from './database.ts'
import type { MessageStore } from './message-store.ts'
import { createConversation } from './use-cases/create-conversation.ts'
import { deleteConversation } from './use-cases/delete-conversation.ts'
import { findConversation } from './use-cases/find-conversation.ts'
import { listConversations } from './use-cases/list-conversations.ts'
import { listMessages } from './use-cases/list-messages.ts'
import { sendMessage } from './use-cases/send-message.ts'

export type UseCaseDeps = {
  readonly database: Database<Tables>
  readonly conversations: ConversationStore
  readonly messages: MessageStore
  readonly authorizer: Authorizer
  readonly audit: Audit
  readonly assistant: Assistant
}

/** All that the assistant service can do, each given what it needs. */
export const createUseCases = (deps: UseCaseDeps) => ({
  createConversation: createConversation(deps),
  deleteConversation: deleteConversation(deps),
  findConversation: findConversation(deps),
  listConversations: listConversations(deps),
  listMessages: listMessages(),
  sendMessage: sendMessage(deps),
})

export type UseCases = ReturnType<typeof createUseCases>
