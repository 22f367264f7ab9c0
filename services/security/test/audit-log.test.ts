import { randomUUID } from 'node:crypto'
import type { Audited } from '@neotool/contracts/events/audit'
import { inTransaction } from '@neotool/kit/postgres'
import { dataOf } from '@neotool/testkit/graphql-client'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMINISTRATORS } from '../src/groups.ts'
import { userId } from '../src/user.ts'
import { type Person, REFRESH, type SecurityFixture, startSecurity } from './security-fixture.ts'

let fixture: SecurityFixture
let member: Person
let auditor: { readonly token: string }
beforeAll(async () => {
  fixture = await startSecurity()
  member = await fixture.newPerson()
  auditor = await newAdministrator()
})
afterAll(() => fixture[Symbol.asyncDispose]())

const newAdministrator = async (): Promise<{ token: string }> => {
  const person = await fixture.newPerson()
  const row = { group_id: ADMINISTRATORS, user_id: userId.parse(person.userId) }
  await fixture.database.insertInto('group_members').values(row).execute()
  const answer = await fixture.send<{ refreshAccessToken: { session: { accessToken: string } } }>(REFRESH, {
    token: person.refreshToken,
  })
  return { token: dataOf(answer).refreshAccessToken.session.accessToken }
}

const anEvent = (data: Partial<Audited> = {}) => ({
  id: randomUUID(),
  source: '/neotool/app',
  time: '2026-11-24T01:02:03.456Z',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  data: {
    actor: { kind: 'user' as const, id: randomUUID(), permissions: ['app:product:save'] },
    action: 'app:product:save',
    resource: { type: 'Product', id: randomUUID() },
    outcome: 'allowed' as const,
    policyIds: ['product-save'],
    ...data,
  },
})

const append = (event: ReturnType<typeof anEvent>) =>
  inTransaction(fixture.database, (tx) => fixture.useCases.appendAuditEvent(tx, event))

type Verification = {
  isIntact: boolean
  firstBroken: { sequence: string; fault: string } | null
  checkedCount: string
  head: { sequence: string; hash: string }
}
const VERIFY = `query ($since: AuditLogHeadInput) {
  verifyAuditLog(since: $since) { isIntact firstBroken { sequence fault } checkedCount head { sequence hash } }
}`
const verify = async (since?: Verification['head']): Promise<Verification> =>
  dataOf(await fixture.send<{ verifyAuditLog: Verification }>(VERIFY, { since }, auditor)).verifyAuditLog

const EVENTS = `query ($first: Int, $after: String, $filter: AuditEventFilter) {
  auditEvents(first: $first, after: $after, filter: $filter) {
    edges { node { id sequence service occurredAt actor { kind id permissions } action resource { type id attributes }
      outcome policyIds reason traceId hash } }
    pageInfo { hasNextPage endCursor }
  }
}`
type Listed = {
  auditEvents: {
    edges: { node: { id: string; sequence: string; resource: { attributes: string | null } } }[]
    pageInfo: { hasNextPage: boolean; endCursor: string }
  }
}
const list = async (filter: Record<string, unknown> = {}, page: Record<string, unknown> = { first: 100 }) =>
  dataOf(await fixture.send<Listed>(EVENTS, { filter, ...page }, auditor)).auditEvents

const download = (query = '', token = auditor.token) =>
  fixture.app.inject({ url: `/audit/events.jsonl${query}`, headers: { authorization: `Bearer ${token}` } })
const linesOf = (body: string): Record<string, unknown>[] =>
  body
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

/** Runs SQL as the service's own role, straight at PostgreSQL. */
const runAsService = async (...statements: string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: fixture.testDatabase.directUrl.reveal() })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

/** What somebody could do who owns the tables and knows what they are up to. */
const tamper = (statement: string): Promise<void> =>
  runAsService(
    'alter table audit_log disable trigger all',
    'alter table audit_head disable trigger all',
    statement,
    'alter table audit_log enable always trigger audit_log_append_only',
    'alter table audit_log enable always trigger audit_log_in_order',
    'alter table audit_head enable always trigger audit_head_stays',
    'alter table audit_head enable always trigger audit_head_forward',
  )

describe('the audit log', () => {
  it('keeps an event once, whoever brings it at once and however often', async () => {
    const before = Number((await verify()).head.sequence)
    const events = Array.from({ length: 10 }, () => anEvent())
    await Promise.all([...events, ...events].map(append))
    for (const event of events) await append(event)
    expect(await verify()).toMatchObject({ isIntact: true, head: { sequence: String(before + 10) } })
    const { edges } = await list({}, { first: 10 })
    expect(edges.map(({ node }) => node.id).toSorted()).toEqual(events.map(({ id }) => id).toSorted())
    expect(edges.map(({ node }) => Number(node.sequence))).toEqual(
      Array.from({ length: 10 }, (_, index) => before + 10 - index),
    )
  })

  it('shows what was recorded', async () => {
    const attributes = { owner: { __entity: { type: 'User', id: randomUUID() } } }
    const actorId = randomUUID()
    const actor = { kind: 'user' as const, id: actorId, permissions: ['app:product:save'] }
    const event = anEvent({
      actor,
      resource: { type: 'Conversation', id: 'c1', attributes },
      outcome: 'denied',
      policyIds: [],
    })
    await append(event)
    const [edge] = (await list({}, { first: 1 })).edges
    expect(edge?.node).toEqual({
      id: event.id,
      sequence: expect.any(String),
      service: 'app',
      occurredAt: event.time,
      actor: { kind: 'USER', id: actorId, permissions: ['app:product:save'] },
      action: 'app:product:save',
      resource: { type: 'Conversation', id: 'c1', attributes: expect.any(String) },
      outcome: 'DENIED',
      policyIds: [],
      reason: null,
      traceId: event.traceId,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
    expect(JSON.parse(edge?.node.resource.attributes ?? '')).toEqual(attributes)
  })

  it('is filtered by who, what, on what, how it went and when', async () => {
    const type = `Thing${randomUUID()}`
    const actorId = randomUUID()
    const actor = { kind: 'user' as const, id: actorId, permissions: [] }
    const events = [
      { ...anEvent({ resource: { type, id: '1' }, action: 'app:product:save' }), time: '2026-01-01T00:00:00.000Z' },
      { ...anEvent({ resource: { type, id: '2' }, action: 'app:customer:save' }), time: '2026-01-02T00:00:00.000Z' },
      anEvent({ resource: { type, id: '2' }, action: 'app:product:delete', outcome: 'denied', policyIds: [], actor }),
    ]
    for (const event of events) await append(event)
    const found = async (filter: Record<string, unknown>) =>
      (await list({ resourceType: type, ...filter })).edges.map(({ node }) =>
        events.findIndex(({ id }) => id === node.id),
      )
    expect(await found({})).toEqual([2, 1, 0])
    expect(await found({ actionPrefix: 'app:product:' })).toEqual([2, 0])
    expect(await found({ resourceId: '2' })).toEqual([2, 1])
    expect(await found({ outcome: 'DENIED' })).toEqual([2])
    expect(await found({ actorId: actorId.toUpperCase() })).toEqual([2])
    expect(await found({ from: '2026-01-02T00:00:00Z' })).toEqual([2, 1])
    expect(await found({ until: '2026-01-02T00:00:00Z' })).toEqual([0])
    expect(await found({ actorId: null, outcome: null })).toEqual([2, 1, 0])
    const exported = linesOf((await download(`?resourceType=${type}&actionPrefix=app:product:&outcome=denied`)).body)
    expect(exported.map(({ id }) => id)).toEqual([events[2]?.id])
  })

  it.each([
    [{ actionPrefix: "%' or true --" }, 'actionPrefix'],
    [{ actorId: 'me' }, 'actorId'],
  ])('refuses the filter %j', async (filter, field) => {
    const { errors } = await fixture.send(EVENTS, { filter }, auditor)
    expect(errors[0]?.extensions).toMatchObject({ reason: 'INPUT_INVALID', fields: [{ path: field }] })
  })

  it('is read page by page, and by those alone who may', async () => {
    const all = (await list()).edges.map(({ node }) => node.sequence)
    const seen: string[] = []
    for (let after: string | undefined; ; ) {
      const { edges, pageInfo } = await list({}, { first: 4, after })
      seen.push(...edges.map(({ node }) => node.sequence))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(seen.slice(0, all.length)).toEqual(all)
    for (const [actor, code] of [
      [undefined, 'UNAUTHENTICATED'],
      [member, 'FORBIDDEN'],
    ] as const) {
      for (const query of [EVENTS, VERIFY]) {
        const { data, errors } = await fixture.send<Record<string, null>>(query, {}, actor)
        expect(Object.values(data ?? {})).toEqual([null])
        expect(errors[0]?.extensions.code).toBe(code)
      }
    }
    const refused = await Promise.all([
      download('', member.token),
      download('?colour=red'),
      download('?from=yesterday'),
    ])
    const anonymous = await fixture.app.inject('/audit/events.jsonl')
    expect(anonymous.statusCode).toBe(401)
    expect(refused.map(({ statusCode }) => statusCode)).toEqual([403, 400, 400])
    expect(refused[0]?.body).not.toContain('previousHash')
  })

  it('is exported whole, in the order of the chain, more than one batch of it', async () => {
    // Ten at once: more would only wait for a connection.
    for (let round = 1; round <= 52; round += 1) {
      await Promise.all(Array.from({ length: 10 }, () => append(anEvent())))
    }
    const { headers, body } = await download()
    expect(headers['content-type']).toContain('application/jsonl')
    const lines = linesOf(body)
    expect(lines.map(({ sequence }) => sequence)).toEqual(lines.map((_line, index) => index + 1))
    for (const [index, line] of lines.entries()) {
      expect(line.previousHash).toBe(lines[index - 1]?.hash ?? '0'.repeat(64))
    }
    expect((await verify()).head).toEqual({ sequence: String(lines.length), hash: lines.at(-1)?.hash })
  })
})

describe('the database refuses', () => {
  it.each([
    'update audit_log set action = action',
    "update audit_log set outcome = 'allowed' where sequence = 1",
    'delete from audit_log where sequence = 2',
    'delete from audit_log',
    'truncate audit_log',
    'truncate audit_log, audit_head',
    'update audit_head set sequence = sequence - 1',
    'update audit_head set sequence = sequence + 1',
    "update audit_head set seal = 'forged'",
    'delete from audit_head',
    'insert into audit_head (only_one) values (true)',
    `insert into audit_log (sequence, event_id, service, occurred_at, actor, action, resource, outcome, policy_ids,
      previous_hash, hash) select 1000000, uuidv7(), service, occurred_at, actor, action, resource, outcome, policy_ids,
      previous_hash, hash from audit_log where sequence = 1`,
  ])('the service itself: %s', async (statement) => {
    const before = await verify()
    await expect(runAsService(statement)).rejects.toMatchObject({ code: '42501' })
    await expect(runAsService("set session_replication_role = 'replica'", statement)).rejects.toMatchObject({
      code: '42501',
    })
    expect(await verify()).toEqual(before)
  })
})

describe('verifyAuditLog', () => {
  let at: number
  beforeAll(async () => {
    for (let count = 1; count <= 5; count += 1) await append(anEvent())
    at = Number((await verify()).head.sequence) - 2
  })
  const hash = "decode(repeat('ab', 32), 'hex')"
  /** Breaks the log, looks, and mends it again. */
  const seenAfter = async (statement: string): Promise<Verification['firstBroken']> => {
    await runAsService(
      'create table kept as select * from audit_log',
      'create table kept_head as select * from audit_head',
    )
    try {
      await tamper(statement)
      const { isIntact, firstBroken } = await verify()
      expect(isIntact).toBe(firstBroken === null)
      return firstBroken
    } finally {
      const columns = `sequence, event_id, service, occurred_at, actor, action, resource, outcome, policy_ids, reason,
        trace_id, previous_hash, hash`
      await tamper(`delete from audit_log; delete from audit_head;
        insert into audit_log (${columns}) select ${columns} from kept; insert into audit_head select * from kept_head;
        drop table kept; drop table kept_head`)
      expect((await verify()).isIntact).toBe(true)
    }
  }

  it('names the first row that was edited', async () => {
    const edits = [
      "action = 'x:y:z'",
      `actor = '{"kind":"anonymous"}'`,
      'reason = null, trace_id = null',
      `hash = ${hash}`,
    ]
    for (const edit of edits) {
      expect(await seenAfter(`update audit_log set ${edit} where sequence >= ${at}`)).toEqual({
        sequence: String(at),
        fault: 'CHANGED',
      })
    }
  })

  it('names the first that was removed, in the middle, at the beginning or at the end', async () => {
    const missing = (sequence: number) => ({ sequence: String(sequence), fault: 'MISSING' })
    expect(await seenAfter(`delete from audit_log where sequence = ${at}`)).toEqual(missing(at))
    expect(await seenAfter('delete from audit_log where sequence = 1')).toEqual(missing(1))
    expect(await seenAfter(`delete from audit_log where sequence > ${at}`)).toEqual(missing(at + 1))
  })

  it('sees that two were swapped', async () => {
    const swap = `update audit_log set sequence = -1 * (case sequence when ${at} then ${at + 1} else ${at} end)
      where sequence in (${at}, ${at + 1}); update audit_log set sequence = -sequence where sequence < 0`
    const unchecked = `alter table audit_log drop constraint audit_log_sequence_positive; ${swap};
      alter table audit_log add constraint audit_log_sequence_positive check (sequence > 0)`
    expect(await seenAfter(unchecked)).toEqual({ sequence: String(at), fault: 'CHANGED' })
  })

  it('sees that the end was cut off and the head set back without its seal', async () => {
    const cut = `delete from audit_log where sequence > ${at};
      update audit_head set sequence = ${at}, hash = (select hash from audit_log where sequence = ${at})`
    expect(await seenAfter(cut)).toEqual({ sequence: String(at), fault: 'UNSEALED' })
  })

  it('sees by a head that was kept elsewhere that the end was cut off and an old head put back', async () => {
    await runAsService('create table old_head as select * from audit_head')
    const cut = (await verify()).head
    await append(anEvent())
    const { head } = await verify()
    expect(await verify(cut)).toMatchObject({ isIntact: true, checkedCount: '1', head })
    await tamper(`delete from audit_log where sequence = ${head.sequence}; delete from audit_head;
      insert into audit_head select * from old_head; drop table old_head`)
    expect(await verify(head)).toMatchObject({
      isIntact: false,
      firstBroken: { sequence: head.sequence, fault: 'MISSING' },
    })
    // Something else came in its place since.
    await append(anEvent())
    expect(await verify(head)).toMatchObject({ firstBroken: { sequence: head.sequence, fault: 'CHANGED' } })
    expect(await verify(cut)).toMatchObject({ isIntact: true })
  })

  it.each([
    [{ sequence: '0', hash: '0'.repeat(64) }, 'sequence'],
    [{ sequence: 'x', hash: '0'.repeat(64) }, 'sequence'],
    [{ sequence: '1', hash: 'x' }, 'hash'],
  ])('refuses %j as a head', async (since, field) => {
    const { errors } = await fixture.send(VERIFY, { since }, auditor)
    expect(errors[0]?.extensions).toMatchObject({ reason: 'INPUT_INVALID', fields: [{ path: field }] })
  })
})
