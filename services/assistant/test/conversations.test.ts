import { dataOf } from '@neotool/testkit/graphql-client'
import type { TestActor } from '@neotool/testkit/issuer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type AssistantFixture,
  begin,
  PERMISSIONS,
  readMessages,
  SEND,
  type SentView,
  startAssistant,
} from './assistant-fixture.ts'

const LIST = `query ($first: Int, $after: String, $last: Int, $before: String) {
  conversations(first: $first, after: $after, last: $last, before: $before) {
    edges { node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`
const FIND = 'query ($id: ID!) { conversation(id: $id) { id title createdAt } }'
const DELETE =
  'mutation ($input: DeleteConversationInput!) { deleteConversation(input: $input) { deletedConversationId } }'

type PageInfo = { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null }
type Page = { edges: { node: { id: string } }[]; pageInfo: PageInfo }

let fixture: AssistantFixture
let member: TestActor
beforeAll(async () => {
  fixture = await startAssistant()
})
afterAll(() => fixture[Symbol.asyncDispose]())
beforeEach(async () => {
  member = await fixture.aMember()
})

const list = async (variables: Record<string, unknown>, actor = member): Promise<Page> =>
  dataOf(await fixture.send<{ conversations: Page }>(LIST, variables, actor)).conversations

const find = async (id: string, actor = member) =>
  dataOf(await fixture.send<{ conversation: { id: string; title: string | null } | null }>(FIND, { id }, actor))
    .conversation

describe('a conversation', () => {
  it('begins without a title, gets that of its first message and keeps it', async () => {
    const id = await begin(fixture, member)
    expect(await find(id)).toMatchObject({ id, title: null })
    dataOf(await fixture.send(SEND, { input: { conversationId: id, text: 'hello\nworld' } }, member))
    dataOf(await fixture.send(SEND, { input: { conversationId: id, text: 'again' } }, member))
    expect(await find(id)).toMatchObject({ title: 'hello' })
  })

  it('is deleted with all that was said', async () => {
    const id = await begin(fixture, member)
    dataOf(await fixture.send(SEND, { input: { conversationId: id, text: 'hello' } }, member))
    dataOf(await fixture.send(DELETE, { input: { id } }, member))
    expect(await find(id)).toBeNull()
    const kept = await fixture.database
      .selectFrom('messages')
      .where('conversation_id', '=', id as never)
      .execute()
    expect(kept).toEqual([])
    const { errors } = await fixture.send(DELETE, { input: { id } }, member)
    expect(errors[0]?.extensions.reason).toBe('CONVERSATION_NOT_FOUND')
  })
})

describe("somebody else's conversation", () => {
  it('is not there: null, NOT_FOUND, absent from the list, whatever they are permitted', async () => {
    const id = await begin(fixture, member)
    dataOf(await fixture.send(SEND, { input: { conversationId: id, text: 'my secret' } }, member))
    const administrator = await fixture.issuer.actorWith(...PERMISSIONS, 'security:user:view-private')
    expect(await find(id, administrator)).toBeNull()
    expect(await readMessages(fixture, administrator, id)).toBeNull()
    expect((await list({}, administrator)).edges).toEqual([])
    const refused = await fixture.send(DELETE, { input: { id } }, administrator)
    const absent = await fixture.send(DELETE, { input: { id: '0199b000-0000-7000-8000-000000000000' } }, administrator)
    const facts = ({ errors }: typeof refused) => [errors[0]?.extensions.code, errors[0]?.extensions.reason]
    expect(facts(refused)).toEqual(facts(absent))
    expect(await find(id)).toMatchObject({ id })
  })
})

describe('paging', () => {
  it('lists own conversations newest first, forward and back, each once', async () => {
    const ids: string[] = []
    for (let made = 0; made < 25; made += 1) ids.unshift(await begin(fixture, member))
    await begin(fixture, await fixture.aMember())
    const walk = async (isForward: boolean) => {
      const seen: string[] = []
      for (let cursor: string | null = null; ; ) {
        const page: Page = await list(isForward ? { first: 7, after: cursor } : { last: 7, before: cursor })
        const found = page.edges.map(({ node }) => node.id)
        if (isForward) seen.push(...found)
        else seen.unshift(...found)
        const { hasNextPage, hasPreviousPage, endCursor, startCursor } = page.pageInfo
        if (!(isForward ? hasNextPage : hasPreviousPage)) return seen
        cursor = isForward ? endCursor : startCursor
      }
    }
    expect(await walk(true)).toEqual(ids)
    expect(await walk(false)).toEqual(ids)
  })

  it('reads the messages of many conversations by one query for each page size, oldest first', async () => {
    for (const text of ['one', 'two']) {
      const id = await begin(fixture, member)
      for (const number of [1, 2]) {
        dataOf(await fixture.send<SentView>(SEND, { input: { conversationId: id, text: `${text} ${number}` } }, member))
      }
    }
    const query = `{ conversations { edges { node {
      newest: messages(last: 2) { edges { node { role text } } pageInfo { hasPreviousPage startCursor } }
      oldest: messages(first: 1) { edges { node { text } } pageInfo { hasNextPage } }
    } } } }`
    type Texts = { edges: { node: { text: string } }[]; pageInfo: Record<string, unknown> }
    type Read = { conversations: { edges: { node: { newest: Texts; oldest: Texts } }[] } }
    const { conversations } = dataOf(await fixture.send<Read>(query, {}, member))
    const nodes = conversations.edges.map(({ node }) => node)
    expect(nodes.map(({ oldest }) => oldest.edges.map(({ node }) => node.text))).toEqual([['two 1'], ['one 1']])
    expect(nodes.map(({ newest }) => newest.edges[0]?.node.text)).toEqual(['two 2', 'one 2'])
    expect(nodes.every(({ newest }) => newest.pageInfo.hasPreviousPage === true)).toBe(true)
  })

  it('shows what a message added in the same request', async () => {
    const id = await begin(fixture, member)
    const sent = (text: string) => `sendMessage(input: { conversationId: "${id}", text: "${text}" }) {
      conversation { messages(first: 100) { edges { node { id } } } }
    }`
    type Count = Record<string, { conversation: { messages: { edges: unknown[] } } }>
    const data = dataOf(await fixture.send<Count>(`mutation { a: ${sent('one')} b: ${sent('two')} }`, {}, member))
    expect(Object.values(data).map(({ conversation }) => conversation.messages.edges.length)).toEqual([2, 4])
  })

  it('refuses a size of 101 and a cursor of another list', async () => {
    const id = await begin(fixture, member)
    const { errors } = await fixture.send(LIST, { first: 101 }, member)
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    const { pageInfo } = await list({ first: 1 })
    const query = `{ conversation(id: "${id}") { messages(after: "${pageInfo.endCursor}") { edges { cursor } } } }`
    expect((await fixture.send(query, {}, member)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  })
})

describe('who may do what', () => {
  const id = '0199b000-0000-7000-8000-000000000000'
  const operations: [string, string, object, string][] = [
    ['createConversation', 'mutation { createConversation { conversation { id } } }', {}, 'save'],
    ['sendMessage', SEND, { input: { conversationId: id, text: 'hello' } }, 'save'],
    ['deleteConversation', DELETE, { input: { id } }, 'save'],
    ['conversation', FIND, { id }, 'view'],
    ['conversations', LIST, {}, 'view'],
  ]

  it.each(operations)('%s asks nobody in', async (_name, query, variables) => {
    const { errors } = await fixture.send(query, variables as Record<string, unknown>)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED'])
  })

  it.each(operations)('%s needs its own permission', async (_name, query, variables, permission) => {
    const others = PERMISSIONS.filter((other) => other !== `assistant:conversation:${permission}`)
    const { errors } = await fixture.send(
      query,
      variables as Record<string, unknown>,
      await fixture.issuer.actorWith(...others),
    )
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })

  it.each(operations)('%s is for people, not for services', async (_name, query, variables) => {
    const service = await fixture.issuer.serviceWith(...PERMISSIONS)
    const { errors } = await fixture.send(query, variables as Record<string, unknown>, service)
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN'])
  })
})
