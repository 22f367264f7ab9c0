import { type AccessTable, describeAccess } from '@neotool/testkit/access'
import { afterAll, beforeAll } from 'vitest'
import { type AssistantFixture, begin, startAssistant } from './assistant-fixture.ts'

let fixture: AssistantFixture
beforeAll(async () => {
  fixture = await startAssistant()
})
afterAll(() => fixture[Symbol.asyncDispose]())

/** A conversation of somebody else: no permission opens it. */
const theirs = async (): Promise<string> => begin(fixture, await fixture.aMember())

const TABLE: AccessTable = {
  'Query.conversation': {
    needs: 'assistant:conversation:view',
    foreign: { variables: async () => ({ id: await theirs() }) },
  },
  // One's own.
  'Query.conversations': { needs: 'assistant:conversation:view' },
  'Mutation.createConversation': { needs: 'assistant:conversation:save' },
  'Mutation.sendMessage': {
    needs: 'assistant:conversation:save',
    foreign: { variables: async () => ({ input: { conversationId: await theirs(), text: 'Hello' } }) },
  },
  'Mutation.deleteConversation': {
    needs: 'assistant:conversation:save',
    foreign: { variables: async () => ({ input: { id: await theirs() } }) },
  },
}

describeAccess('assistant', TABLE, () => ({ send: fixture.send, actorWith: fixture.issuer.actorWith }))
