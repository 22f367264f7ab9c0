import { randomUUID } from 'node:crypto'
import { accountDeletedV1 } from '@neotool/contracts/events/security-account'
import { startEvents } from '@neotool/kit/events/backbone'
import { addEvent } from '@neotool/kit/events/outbox'
import { inTransaction } from '@neotool/kit/postgres'
import { continueTrace, createLogger, createMetrics } from '@neotool/kit/telemetry'
import { eventually } from '@neotool/testkit/eventually'
import { dataOf } from '@neotool/testkit/graphql-client'
import type { TestActor } from '@neotool/testkit/issuer'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createConsumers } from '../src/consumers.ts'
import { conversationStore as conversations } from '../src/conversation-store.ts'
import { type AssistantFixture, begin, readMessages, SEND, startAssistant } from './assistant-fixture.ts'

let fixture: AssistantFixture
let events: ReturnType<typeof startEvents>
beforeAll(async () => {
  fixture = await startAssistant()
  const { database, testDatabase } = fixture
  events = startEvents({
    service: 'assistant',
    database,
    directUrl: testDatabase.directUrl,
    kafka: { brokers: [inject('kafkaBroker')], clientId: `test-${randomUUID()}` },
    // Groups of one's own: the broker is shared with other tests.
    consumers: createConsumers({ conversations }).map((consumer) => ({ ...consumer, group: `test.${randomUUID()}` })),
    log: createLogger({ service: 'assistant', level: 'silent' }),
    metrics: createMetrics('assistant'),
  })
})
afterAll(async () => {
  for (const [, stop] of events.steps) await stop()
  await fixture[Symbol.asyncDispose]()
})

/** Begins a conversation and says something in it. */
const talk = async (actor: TestActor, text: string): Promise<string> => {
  const conversationId = await begin(fixture, actor)
  dataOf(await fixture.send(SEND, { input: { conversationId, text } }, actor))
  return conversationId
}

const textsIn = async (): Promise<string> =>
  JSON.stringify([
    await fixture.database.selectFrom('conversations').selectAll().execute(),
    await fixture.database.selectFrom('messages').selectAll().execute(),
  ])

describe('when an account was deleted', () => {
  it('its conversations go with all that was said, and those of others stay', async () => {
    const [gone, stays] = [await fixture.aMember(), await fixture.aMember()]
    await talk(gone, 'I am Ann Lee, help')
    await talk(gone, 'I live in Elm Street, help')
    const theirs = await talk(stays, 'Help me')
    await inTransaction(fixture.database, (tx) =>
      addEvent(tx, accountDeletedV1, {
        subject: gone.userId,
        data: { userId: gone.userId },
        trace: continueTrace(undefined),
      }),
    )
    await eventually('their words are gone', textsIn, (texts) => !/Ann Lee|Elm Street/.test(texts))
    expect(await textsIn()).not.toContain(gone.userId)
    expect(await readMessages(fixture, stays, theirs)).toHaveLength(2)
  })
})
