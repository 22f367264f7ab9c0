import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { createTestDatabase, type TestDatabase } from '@neotool/testkit/database'
import { eventually } from '@neotool/testkit/eventually'
import { createTestIssuer, serveKeySet, TEST_AUDIENCE, TEST_ISSUER, type TestIssuer } from '@neotool/testkit/issuer'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { PERMISSIONS, SEND, type SentView } from './assistant-fixture.ts'
import { aProduct, type FakeGraph, sendJson, startFakeGraph } from './fake-graph.ts'

let database: TestDatabase
let issuer: TestIssuer
let graph: FakeGraph
let keySet: { readonly url: string }
const stack = new AsyncDisposableStack()
beforeAll(async () => {
  database = stack.use(await createTestDatabase('assistant'))
  graph = stack.use(await startFakeGraph())
  issuer = await createTestIssuer()
  keySet = stack.use(await serveKeySet(issuer))
})
afterAll(() => stack.disposeAsync())

const start = (entry: string, change: Readonly<Record<string, string>> = {}) => {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(
    process.execPath,
    [join(import.meta.dirname, '../src', entry)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ASSISTANT_HTTP_PORT: '0',
        ASSISTANT_LOG_LEVEL: 'trace',
        ASSISTANT_POSTGRES_URL: database.url.reveal(),
        ASSISTANT_POSTGRES_DIRECT_URL: database.directUrl.reveal(),
        ASSISTANT_KAFKA_BROKERS: inject('kafkaBroker'),
        ASSISTANT_TOKEN_ISSUER: TEST_ISSUER,
        ASSISTANT_TOKEN_AUDIENCE: TEST_AUDIENCE,
        ASSISTANT_JWKS_URL: keySet.url,
        ASSISTANT_GATEWAY_URL: graph.url,
        ...change,
      },
    },
  )
  stack.defer(() => void child.kill('SIGKILL'))
  return child
}

/** Runs an operation to its end. */
const run = async (entry: string, change: Readonly<Record<string, string>> = {}) => {
  const child = start(entry, change)
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  return { output, errors, code }
}

/** A server that is ready, and all that it has printed. */
const serve = async () => {
  const child = start('main.ts')
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => printed.push(String(chunk)))
  const address = await eventually('an address', () => /listening at (http:\/\/[^"]+)/.exec(printed.join(''))?.[1])
  await eventually('readiness', async () => (await fetch(`${address}/health/ready`)).ok)
  return { child, address, printed }
}

describe('the server', () => {
  it('finishes an answer that is under way on SIGTERM, ends well, and has logged no token', async () => {
    const { child, address, printed } = await serve()
    const { token } = await issuer.actorWith(...PERMISSIONS)
    const send = async (query: string, variables: object = {}) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
      const body = JSON.stringify({ query, variables })
      return (await fetch(`${address}/graphql`, { method: 'POST', headers, body })).json()
    }
    const { data } = await send('mutation { createConversation { conversation { id } } }')
    const held: ServerResponse[] = []
    graph.answer = (response) => void held.push(response)
    const input = { conversationId: data.createConversation.conversation.id, text: 'find lamp' }
    const answer: Promise<{ data: SentView; errors?: unknown }> = send(SEND, { input })
    await eventually('a question to the graph', () => held.length === 1)

    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await eventually('the beginning of the end', () => printed.join('').includes('"stopping"'))
    const product = aProduct({ name: 'Desk lamp' })
    for (const response of held) {
      sendJson(response, { data: { products: { totalCount: 1, edges: [{ node: product }] } } })
    }
    const { sendMessage } = (await answer).data
    expect(sendMessage.reply?.products).toEqual([{ id: product.id }])
    expect(await exit).toEqual([0, null])
    expect(printed.join('')).not.toContain(token)
  })

  it('does not start with wrong settings, and names them all', async () => {
    const { code, errors } = await run('main.ts', { ASSISTANT_GATEWAY_URL: 'nowhere', ASSISTANT_GATWAY: 'x' })
    expect(code).toBe(1)
    expect(errors).toMatch(/ASSISTANT_GATEWAY_URL: [\s\S]*ASSISTANT_GATWAY: there is no such setting/)
  })
})

describe('operations', () => {
  it('migrate.ts changes nothing in a database that is up to date', async () => {
    expect(await run('ops/migrate.ts')).toMatchObject({ code: 0, output: 'assistant: nothing to migrate\n' })
  })

  it('purge.ts prints how many rows it deleted', async () => {
    expect(await run('ops/purge.ts')).toMatchObject({ code: 0, errors: '', output: '{"outbox":0,"inbox":0}\n' })
  })
})
