import { readPolicies } from '@neotool/contracts/policies'
import { createAudit } from '@neotool/kit/audit'
import { createAuthorizer } from '@neotool/kit/authz'
import { type Database, openDatabase } from '@neotool/kit/postgres'
import { createMetrics } from '@neotool/kit/telemetry'
import { createTestDatabase, type TestDatabase } from '@neotool/testkit/database'
import { dataOf, graphqlClient, type SendGraphql } from '@neotool/testkit/graphql-client'
import { createTestIssuer, type TestActor, type TestIssuer } from '@neotool/testkit/issuer'
import type { LanguageModel } from 'ai'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { buildApp } from '../src/app.ts'
import { createAssistant } from '../src/assistant.ts'
import { conversationStore as conversations } from '../src/conversation-store.ts'
import type { Tables } from '../src/database.ts'
import { gatewayGraph } from '../src/graph.ts'
import { messageStore as messages } from '../src/message-store.ts'
import { offlineModel } from '../src/offline-model.ts'
import { createUseCases } from '../src/use-cases.ts'
import { type FakeGraph, startFakeGraph } from './fake-graph.ts'

export type AssistantFixture = AsyncDisposable & {
  readonly app: FastifyInstance
  readonly database: Database<Tables>
  readonly testDatabase: TestDatabase
  readonly issuer: TestIssuer
  readonly graph: FakeGraph
  /** All that was logged so far, with nothing redacted. */
  readonly logged: string[]
  readonly send: SendGraphql
  /** A new signed-in user with the permissions that Members have. */
  readonly aMember: () => Promise<TestActor>
}

export const PERMISSIONS = ['assistant:conversation:view', 'assistant:conversation:save', 'app:product:view']

/** For how long it waits for an answer of the API, and for one of the model with all that this asks the API. */
type Patience = { readonly graphMs: number; readonly answerMs: number }

const PATIENT: Patience = { graphMs: 60_000, answerMs: 60_000 }

/** The assistant service over a database and a graph of its own, put together as main.ts does. */
export const startAssistant = async (
  model: LanguageModel = offlineModel,
  { graphMs, answerMs }: Patience = PATIENT,
): Promise<AssistantFixture> => {
  const [testDatabase, graph, issuer] = await Promise.all([
    createTestDatabase('assistant'),
    startFakeGraph(),
    createTestIssuer(),
  ])
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
  const metrics = createMetrics('assistant')
  const database = openDatabase<Tables>({ url: testDatabase.url, service: 'assistant', log, metrics })
  const authorizer = createAuthorizer({ ...(await readPolicies()), log })
  const assistant = createAssistant({ model, graph: gatewayGraph(graph.url, graphMs), metrics, timeoutMs: answerMs })
  const audit = createAudit('assistant')
  const useCases = createUseCases({ database, conversations, messages, authorizer, audit, assistant })
  const { authenticate } = issuer
  const health = { checks: {} }
  const { app } = await buildApp({
    log,
    metrics,
    database,
    messages,
    useCases,
    audit,
    authenticate,
    isIntrospectionOn: false,
    health,
  })
  return {
    app,
    database,
    testDatabase,
    issuer,
    graph,
    logged,
    send: graphqlClient(app),
    aMember: () => issuer.actorWith(...PERMISSIONS),
    [Symbol.asyncDispose]: async () => {
      await app.close()
      await database.destroy()
      await graph[Symbol.asyncDispose]()
      await testDatabase[Symbol.asyncDispose]()
    },
  }
}

export type MessageView = {
  readonly id: string
  readonly role: 'USER' | 'ASSISTANT'
  readonly text: string
  readonly products: readonly { readonly id: string }[]
}

export type SentView = {
  readonly sendMessage: {
    readonly conversation: { readonly id: string; readonly title: string | null }
    readonly message: MessageView
    readonly reply: MessageView | null
  }
}

const MESSAGE = 'id role text products { id }'

export const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { conversation { id title } message { ${MESSAGE} } reply { ${MESSAGE} } }
}`

/** Begins a conversation; gives its id. */
export const begin = async ({ send }: AssistantFixture, actor: TestActor): Promise<string> => {
  type Created = { createConversation: { conversation: { id: string } } }
  const answer = await send<Created>('mutation { createConversation { conversation { id } } }', {}, actor)
  return dataOf(answer).createConversation.conversation.id
}

/** Everything that was said in a conversation, or null where there is none for this actor. */
export const readMessages = async (
  { send }: AssistantFixture,
  actor: TestActor,
  id: string,
): Promise<readonly MessageView[] | null> => {
  const query = `query ($id: ID!) { conversation(id: $id) { messages(first: 100) { edges { node { ${MESSAGE} } } } } }`
  type Read = { conversation: { messages: { edges: { node: MessageView }[] } } | null }
  const { conversation } = dataOf(await send<Read>(query, { id }, actor))
  return conversation?.messages.edges.map(({ node }) => node) ?? null
}
