import { randomUUID } from 'node:crypto'
import type { Audited } from '@neotool/contracts/events/audit'
import { inTransaction } from '@neotool/kit/postgres'
import { dataOf } from '@neotool/testkit/graphql-client'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHECK, EXPLAIN, type PolicyAuthor, reasonOf, SIMULATE, startPolicies, variant } from './policy-fixture.ts'
import type { Person, SecurityFixture } from './security-fixture.ts'

let fixture: SecurityFixture
let member: Person
let administrator: Person
let author: PolicyAuthor
beforeAll(async () => {
  ;({ fixture, member, administrator, author } = await startPolicies())
})
afterAll(() => fixture[Symbol.asyncDispose]())
beforeEach(async () => {
  await sql`truncate policy_versions, outbox`.execute(fixture.database)
})

describe('simulatePolicy', () => {
  const record = (data: Partial<Audited>, daysAgo = 1) =>
    inTransaction(fixture.database, (tx) =>
      fixture.useCases.appendAuditEvent(tx, {
        id: randomUUID(),
        source: '/neotool/app',
        time: new Date(fixture.now().getTime() - daysAgo * 86_400_000).toISOString(),
        traceId: '0'.repeat(31),
        data: {
          actor: { kind: 'user', id: member.userId, permissions: ['app:product:view', 'app:product:delete'] },
          action: 'app:product:delete',
          resource: { type: 'Product', id: randomUUID() },
          outcome: 'allowed',
          policyIds: ['product-delete'],
          ...data,
        },
      }),
    )

  it('tells what would have been decided otherwise in the last days', async () => {
    await record({})
    await record({}, 3)
    await record({ action: 'app:product:view', policyIds: ['product-view'] })
    await record({ action: 'app:customer:delete', resource: { type: 'Customer' }, outcome: 'denied', policyIds: [] })
    // No policy decided these.
    await record({ action: 'security:session:start', resource: { type: 'Session' }, policyIds: [] })
    await record({ actor: { kind: 'anonymous' }, outcome: 'failed', policyIds: [], reason: 'CREDENTIALS_WRONG' })
    const number = await author.draft(
      `${variant('no-deletes')} @id("customers") permit (principal, action == Action::"app:customer:delete", resource);`,
    )
    const simulate = async (version: number, days: number) =>
      dataOf(
        await fixture.send<{ simulatePolicy: Record<string, unknown> }>(
          SIMULATE,
          { number: version, days },
          administrator,
        ),
      ).simulatePolicy
    expect(await simulate(number, 2)).toEqual({
      decisionCount: 3,
      newlyAllowedCount: 1,
      newlyDeniedCount: 1,
      isComplete: true,
      differences: [
        {
          event: { action: 'app:product:delete', actor: { id: member.userId } },
          isAllowed: false,
          policyIds: ['no-deletes'],
        },
        {
          event: { action: 'app:customer:delete', actor: { id: member.userId } },
          isAllowed: true,
          policyIds: ['customers'],
        },
      ],
    })
    expect(await simulate(number, 7)).toMatchObject({ decisionCount: 4, newlyDeniedCount: 2 })
    expect(await simulate(0, 7)).toMatchObject({ decisionCount: 4, newlyAllowedCount: 0, newlyDeniedCount: 0 })
    // Trying changes nothing.
    expect(await author.states('ACTIVE')).toEqual([])
  })

  it('decides again by the attributes that were recorded', async () => {
    const owner = { __entity: { type: 'User', id: member.userId } }
    const actor = { kind: 'user' as const, id: member.userId, permissions: ['assets:asset:view'] }
    for (const createdBy of [owner, { __entity: { type: 'User', id: randomUUID() } }]) {
      const resource = { type: 'Asset', id: randomUUID(), attributes: { createdBy } }
      const isOwn = createdBy === owner
      await record({
        actor,
        action: 'assets:asset:delete',
        resource,
        outcome: isOwn ? 'allowed' : 'denied',
        policyIds: isOwn ? ['asset-own'] : [],
      })
    }
    const answer = await fixture.send<{ simulatePolicy: unknown }>(SIMULATE, { number: 0 }, administrator)
    expect(dataOf(answer).simulatePolicy).toMatchObject({ decisionCount: 6, differences: [] })
  })

  it.each([
    [{ number: 0, days: 0 }, 'INPUT_INVALID'],
    [{ number: 0, days: 91 }, 'INPUT_INVALID'],
    [{ number: 7 }, 'POLICY_NOT_FOUND'],
  ])('refuses %j', async (args, reason) => {
    expect(reasonOf(await fixture.send(SIMULATE, args, administrator))).toBe(reason)
  })
})

describe('explain', () => {
  const explain = async (asked: Record<string, unknown>) =>
    dataOf(
      await fixture.send<{ explain: { isAllowed: boolean; policies: { id: string }[]; missing: unknown[] } }>(
        EXPLAIN,
        { userId: member.userId, ...asked },
        administrator,
      ),
    ).explain

  it('names the policies that allow', async () => {
    const answer = await explain({ action: 'app:product:view', resource: { type: 'Product' } })
    expect(answer).toEqual({
      isAllowed: true,
      policies: [{ id: 'product-view', text: expect.stringContaining('app:product:view') }],
      missing: [],
    })
    const createdBy = { __entity: { type: 'User', id: member.userId } }
    const own = { type: 'Asset', id: randomUUID(), attributes: JSON.stringify({ createdBy }) }
    expect(await explain({ action: 'assets:asset:delete', resource: own })).toMatchObject({
      isAllowed: true,
      policies: [{ id: 'asset-own' }],
    })
  })

  it('names what is missing, and who would give it', async () => {
    expect(await explain({ action: 'app:customer:delete', resource: { type: 'Customer', id: 'c' } })).toEqual({
      isAllowed: false,
      policies: [],
      missing: [
        {
          permission: 'app:customer:delete',
          grants: [{ roleName: 'Administrator', groupName: 'Administrators' }],
        },
      ],
    })
    await sql`insert into roles (name) values ('Unused')`.execute(fixture.database)
    await sql`insert into role_permissions (role_id, permission)
      select id, 'app:customer:delete' from roles where name = 'Unused'`.execute(fixture.database)
    expect((await explain({ action: 'app:customer:delete', resource: { type: 'Customer' } })).missing).toMatchObject([
      { grants: [{ groupName: 'Administrators' }, { roleName: 'Unused', groupName: null }] },
    ])
    expect(await explain({ action: 'no:such:thing', resource: { type: 'Customer' } })).toEqual({
      isAllowed: false,
      policies: [],
      missing: [],
    })
  })

  it('refuses a user who is not there, and attributes that are no JSON', async () => {
    const asked = { action: 'app:product:view', resource: { type: 'Product' } }
    const send = (change: Record<string, unknown>) =>
      fixture.send(EXPLAIN, { userId: member.userId, ...asked, ...change }, administrator)
    expect(reasonOf(await send({ userId: randomUUID() }))).toBe('USER_NOT_FOUND')
    expect(reasonOf(await send({ userId: 'me' }))).toBe('INPUT_INVALID')
    for (const attributes of ['x', '[]', '1']) {
      expect(reasonOf(await send({ resource: { type: 'Product', attributes } }))).toBe('INPUT_INVALID')
    }
  })
})

describe('checkPermission', () => {
  it('tells callers what they themselves may do', async () => {
    const check = async (action: string, actor: { token: string }) => {
      const asked = { action, resource: { type: 'Customer' } }
      return dataOf(await fixture.send<{ checkPermission: { isAllowed: boolean } }>(CHECK, asked, actor))
        .checkPermission
    }
    expect(await check('app:customer:view', member)).toEqual({ isAllowed: true })
    expect(await check('app:customer:delete', member)).toEqual({ isAllowed: false })
    expect(await check('app:customer:delete', administrator)).toEqual({ isAllowed: true })
    expect(await check('no:such:thing', administrator)).toEqual({ isAllowed: false })
  })
})
