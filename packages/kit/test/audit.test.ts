import { randomUUID } from 'node:crypto'
import { envelope } from '@neotool/contracts/events/event'
import { createAudit, recordDenial } from '@neotool/kit/audit'
import { ANONYMOUS } from '@neotool/kit/auth'
import type { Decision } from '@neotool/kit/authz'
import type { EventTables } from '@neotool/kit/events/event-tables'
import { type Database, inTransaction, openDatabase } from '@neotool/kit/postgres'
import { continueTrace, createLogger, createMetrics } from '@neotool/kit/telemetry'
import { userActor } from '@neotool/testkit/actors'
import { auditedIn } from '@neotool/testkit/audit'
import { createTestDatabase, type TestDatabase } from '@neotool/testkit/database'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const log = createLogger({ service: 'test', level: 'silent' })
const audit = createAudit('app')
const trace = continueTrace(undefined)
let testDatabase: TestDatabase
let database: Database<EventTables>
beforeAll(async () => {
  testDatabase = await createTestDatabase('app')
  database = openDatabase({ url: testDatabase.url, service: 'test', log, metrics: createMetrics('test') })
})
afterAll(async () => {
  await database.destroy()
  await testDatabase[Symbol.asyncDispose]()
})
beforeEach(() => database.deleteFrom('outbox').execute())

const aDecision = (change: Partial<Decision> = {}): Decision => ({
  principal: userActor({ permissions: ['app:product:save'] }),
  action: 'app:product:save',
  resource: { type: 'Product', id: randomUUID() },
  isAllowed: true,
  policyIds: ['product-save'],
  ...change,
})

describe('what is recorded', () => {
  it('is an event in the trace of the request, in the order of whoever acted', async () => {
    const decision = aDecision()
    await inTransaction(database, (tx) => audit.recordDecision(tx, decision, trace))
    const row = await database.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({ topic: 'neotool.app.audit', key: decision.principal.id })
    const event = envelope.parse(row.value)
    expect(event).toMatchObject({ type: 'neotool.app.audit-recorded.v1', source: '/neotool/app' })
    expect(event.traceparent).toContain(trace.traceId)
    // Who they are is their id and what they held; nothing else of the token goes into the log.
    expect(event.data).toEqual({
      actor: { kind: 'user', id: decision.principal.id, permissions: ['app:product:save'] },
      action: decision.action,
      resource: decision.resource,
      outcome: 'allowed',
      policyIds: ['product-save'],
    })
  })

  it('is there if, and only if, what was allowed was done', async () => {
    const undone = inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, aDecision(), trace)
      throw new Error('it did not work')
    })
    await expect(undone).rejects.toThrow('it did not work')
    expect(await auditedIn(database)).toEqual([])
  })

  it('names the service that acted for somebody, and nobody where nobody is known', async () => {
    const actingServiceId = randomUUID()
    const [user, service] = [userActor({ actingServiceId }), { kind: 'service', id: randomUUID() } as const]
    const asked = { action: 'app:session:start', resource: { type: 'Session' } }
    await inTransaction(database, async (tx) => {
      await audit.recordDecision(tx, aDecision({ principal: user }), trace)
      await audit.record(tx, { ...asked, actor: { ...service, permissions: [] }, outcome: 'allowed' }, trace)
      await audit.record(tx, { ...asked, actor: ANONYMOUS, outcome: 'failed', reason: 'WRONG' }, trace)
    })
    expect((await auditedIn(database)).map(({ actor, reason }) => ({ actor, reason }))).toEqual([
      { actor: { kind: 'user', id: user.id, actingServiceId, permissions: [] } },
      { actor: { ...service, permissions: [] } },
      { actor: { kind: 'anonymous' }, reason: 'WRONG' },
    ])
  })
})

describe('recordDenial', () => {
  it('keeps what was denied, though nothing was done', async () => {
    const attributes = { createdBy: { __entity: { type: 'User', id: randomUUID() } } }
    const resource = { type: 'Product', id: randomUUID(), attributes }
    await recordDenial(database, audit)(aDecision({ isAllowed: false, policyIds: [], resource }), trace)
    expect(await auditedIn(database)).toMatchObject([{ outcome: 'denied', policyIds: [], resource }])
  })
})
