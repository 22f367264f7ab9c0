import { auditedIn } from '@neotool/testkit/audit'
import { dataOf } from '@neotool/testkit/graphql-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type AssistantFixture, begin, SEND, startAssistant } from './assistant-fixture.ts'

let fixture: AssistantFixture
beforeAll(async () => {
  fixture = await startAssistant()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const DELETE =
  'mutation ($input: DeleteConversationInput!) { deleteConversation(input: $input) { deletedConversationId } }'

it('each change of a conversation leaves one row, with what allowed it and nothing of what was said', async () => {
  const member = await fixture.aMember()
  const id = await begin(fixture, member)
  dataOf(await fixture.send(SEND, { input: { conversationId: id, text: 'a secret' } }, member))
  dataOf(await fixture.send(DELETE, { input: { id } }, member))
  const rows = await auditedIn(fixture.database)
  expect(rows.map(({ outcome, policyIds }) => [outcome, policyIds])).toEqual([
    ['allowed', ['conversation-save']],
    ['allowed', ['conversation-own-save']],
    ['allowed', ['conversation-own-save']],
  ])
  for (const { actor } of rows) expect(actor).toMatchObject({ kind: 'user', id: member.userId })
  for (const { resource } of rows.slice(1)) expect(resource).toMatchObject({ type: 'Conversation', id })
  expect(JSON.stringify(rows)).not.toContain('a secret')
})

it('each change that is denied leaves one row too', async () => {
  const stranger = await fixture.issuer.actorWith('assistant:conversation:view')
  const before = (await auditedIn(fixture.database)).length
  const { errors } = await fixture.send('mutation { createConversation { conversation { id } } }', {}, stranger)
  expect(errors[0]?.extensions.code).toBe('FORBIDDEN')
  expect((await auditedIn(fixture.database)).slice(before)).toMatchObject([
    { actor: { id: stranger.userId }, action: 'assistant:conversation:save', outcome: 'denied' },
  ])
})
